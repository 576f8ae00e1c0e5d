package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsCommandTest {
    private static final String XML = """
            <feedback><report_metadata><org_name>Org</org_name><report_id>7</report_id><email>r@org.example</email>
            <date_range><begin>1</begin><end>2</end></date_range></report_metadata>
            <policy_published><domain>example.com</domain><p>none</p><adkim>s</adkim></policy_published>
            <record><row><source_ip>192.0.2.1</source_ip><count>3</count><policy_evaluated>
            <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
            <identifiers><header_from>example.com</header_from></identifiers></record></feedback>
            """;

    @TempDir
    private Path dir = Path.of("");

    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(dir.resolve("r.xml"), XML).toString();
    }

    @Test
    void aReportIsOneLine() {
        Run run = run("", "read", file);

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("{\"file\":\"" + file + "\"," + """
                "type":"dmarc-aggregate","container":"xml","namespace":"","org_name":"Org","email":"r@org.example",\
                "report_id":"7","domain":"example.com","p":"none","sp":"","np":"","pct":"","adkim":"s","aspf":"","fo":"",\
                "testing":"","discovery_method":"","begin":1,"end":2,"records":1,"messages":3,"dkim_pass":3,"spf_pass":0,\
                "dispositions":{"none":3}}
                """);
    }

    @Test
    void rowsAreThereWhenAskedFor() {
        assertThat(run("", "read", "--rows", file).out())
                .contains("\"rows\":[{\"source_ip\":\"192.0.2.1\",\"count\":3,\"disposition\":\"none\"");
    }

    @Test
    void fileNamesComeFromStandardInputAndAMissingOneIsTold() {
        Run run = run(file + "\n\n" + dir.resolve("none") + "\n", "read");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).contains("\"error\":\"the file cannot be read: NoSuchFileException\"");
    }

    @Test
    void aReportComesFromStandardInput() {
        Run run = run("{\"organization-name\":\"O\",\"policies\":[]}", "read", "-");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("\"type\":\"tls-rpt\"").contains("\"organization\":\"O\"");
    }

    @Test
    void theSummarySaysWhoSends() throws IOException {
        String broken = Files.writeString(dir.resolve("b.xml"), "<feedback>").toString();

        Run run = run("", "summarise", file, file, broken);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                {"header_from":"example.com","source_ip":"192.0.2.1","messages":3,"pass":3,"dkim_pass":3,"spf_pass":0,\
                "dispositions":{"none":3},"authenticated":[],"reporters":["Org"]}
                {"type":"policy-advice","domain":"example.com","p":"none","next":null,\
                "because":"reports cover 0 days and 3 mails of yours; wait for 14 days and 100 mails"}
                """);
        assertThat(run.err()).contains("b.xml: the XML is broken");
    }

    private static Run run(String in, String... args) {
        return Run.of(new ReportsCommand(new ByteArrayInputStream(in.getBytes(UTF_8))), args);
    }
}
