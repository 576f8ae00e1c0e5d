package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCommandTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void aRecordIsOneLine() {
        Run run = run("v=DMARC1; p=reject; pct=50\n", "check", "dmarc");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                {"type":"dmarc","valid":true,"problems":[{"severity":"warning","position":20,\
                "what":"pct= was removed by RFC 9989","mend":"remove it"}],"values":{"p":"reject","sp":"reject",\
                "np":"reject","adkim":"r","aspf":"r","t":"n","psd":"u","rua":[],"ruf":[]}}
                """);
    }

    @ParameterizedTest(name = "{0} {1}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spf                 | v=spf1 -all                             | 0 | `"valid":true`   | a plain line
            SPF-record          | "v=spf1 -all"                           | 0 | `"valid":true`   | a JSON string, and another name of the type
            spf                 | "v=spf1 " "-all"                        | 0 | `["-all"]`       | strings are joined, as dig prints them
            spf                 | v=spf1 -all                             | 0 | `"lookups":0`    | what it says
            spf                 | "v=spf1 -al                             | 1 | no JSON string   | a quote that is not closed
            spf                 | ""                                      | 1 | `"position":0`   | an empty record
            dmarc               | v=DMARC1; p=x                           | 1 | `"position":12`  | the place of the problem
            dkim-key            | v=DKIM1; p=                             | 0 | `"revoked":true` | a revoked key
            dkim_key            | v=DKIM1; k=rsa                          | 1 | no p=            | no key
            dkim-key            | k=rsa; v=DKIM1; p=                      | 1 | not the first    | the version comes first
            dkim-key            | v=DKIM1; k=dsa; p=                      | 1 | no verifier knows | a type that nobody has, revoked or not
            dkim-key            | v=DKIM1; ; p=                           | 1 | `"position":8`   | an empty tag
            dkim-signature      | "DKIM-Signature: v=1\\r\\n"             | 1 | a= is missing    | tags are missing
            dkim-signature      | "X: v=1\\r\\n"                          | 1 | not a DKIM       | another field
            dkim-signature      | "DKIM-Signature: v=1"                   | 1 | end in CRLF      | the line is not ended
            mta-sts             | v=STSv1; id=20260101                    | 0 | `"id":"20260101"`| what it says
            mta-sts             | v=STSv1; x=1; id=a-b                    | 1 | `"position":14`  | the field that is wrong
            mta-sts-policy      | "version: STSv1\\nmode: enforce\\nmx: *.example.com\\nmax_age: 86400\\n" | 0 | `"maxAge":86400` | several lines in a JSON string
            mta-sts-policy      | "version: STSv1\\nmode enforce"         | 1 | `"position":15`  | the line that is wrong
            tlsrpt              | v=TLSRPTv1; rua=mailto:a@example.com    | 0 | mailto:a@example.com | what it says
            tls-rpt             | v=TLSRPTv1; rua=none                    | 1 | `"position":12`  | the field that is wrong
            address             | a@例え.jp                                 | 0 | xn--r8jz45g.jp   | the domain as A-labels
            local-part          | a b                                     | 1 | `"valid":false`  | a blank
            dns                 | x                                       | 2 | there is no type dns | wrong usage
            """)
    void types(String type, String line, int status, String text, String reason) {
        Run run = run(line + "\n", "check", type);

        assertThat(run.out() + run.err()).as(reason).contains(text);
        assertThat(run.status()).as(reason).isEqualTo(status);
    }

    @Test
    void aFileHoldsOnePolicy() throws IOException {
        Path file = Files.writeString(dir.resolve("p.txt"), "version: STSv1\nmode: none\nmax_age: 86400\n");

        Run run = run("", "check", "mta-sts-policy", file.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("\"mode\":\"none\"").contains("p.txt");
    }

    @Test
    void aFileThatIsNotThereIsOneSentence() {
        Run run = run("", "check", "spf", dir.resolve("none").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("cannot be read");
    }

    private static Run run(String in, String... args) {
        return Run.of(new RecordCommand(new ByteArrayInputStream(in.getBytes(UTF_8))), args);
    }
}
