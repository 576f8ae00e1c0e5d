package dev.authmail.reports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
    private static final ReportReader READER = new ReportReader(UnpackLimits.defaults());

    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feedback>
              <report_metadata><org_name>Örg</org_name><report_id>7</report_id>
                <date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>
              <policy_published><domain>example.com</domain><p>reject</p></policy_published>
              <record>
                <row><source_ip>192.0.2.1</source_ip><count>5</count>
                  <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>
                    <reason><type>forwarded</type></reason></policy_evaluated></row>
                <identifiers><header_from>example.com</header_from></identifiers>
                <auth_results><dkim><domain>example.com</domain><selector>s</selector><result>pass</result></dkim>
                  <spf><domain>other.example</domain><result>softfail</result></spf></auth_results>
              </record>
              <record>
                <row><source_ip>2001:db8::1</source_ip><count>2</count>
                  <policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
                <identifiers><header_from>example.com</header_from></identifiers>
              </record>
            </feedback>
            """;
    private static final String JSON = """
            {"organization-name": "Ö", "report-id": "9", "date-range": {"start-datetime": "a", "end-datetime": "b"},
             "policies": [{"policy": {"policy-type": "sts", "policy-domain": "example.com"},
                           "summary": {"total-successful-session-count": "3", "total-failure-session-count": 1},
                           "failure-details": {"result-type": "certificate-expired", "failed-session-count": 1}}]}
            """;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void anAggregateReportIsReadInFull() {
        AggregateReport report = aggregate(XML.getBytes(UTF_8));

        assertThat(report.reporter()).isEqualTo("Örg");
        assertThat(report.begin()).hasValue(1_700_000_000);
        assertThat(report.messages()).isEqualTo(7);
        assertThat(report.dkimPass()).isEqualTo(5);
        assertThat(report.spfPass()).isZero();
        assertThat(report.dispositions()).isEqualTo(Map.of("none", 5L, "reject", 2L));
        assertThat(report.rows().getFirst())
                .isEqualTo(new AggregateReport.Row(
                        "192.0.2.1",
                        5,
                        "none",
                        "pass",
                        "fail",
                        List.of("forwarded"),
                        "example.com",
                        "",
                        "",
                        List.of(new AggregateReport.AuthResult("example.com", "s", "pass")),
                        List.of(new AggregateReport.AuthResult("other.example", "", "softfail"))));
    }

    @Test
    void aTlsReportIsReadInFullAlsoWhenItIsSloppy() {
        TlsReport report = ((ReportReading.Tls) only(JSON.getBytes(UTF_8))).report();

        assertThat(report.organization()).isEqualTo("Ö");
        assertThat(report.success()).isEqualTo(3);
        assertThat(report.failure()).isEqualTo(1);
        assertThat(report.failures()).extracting(TlsReport.Failure::type).containsExactly("certificate-expired");
    }

    @Test
    void documentsAreFoundInWhateverTheyComeIn() {
        byte[] xml = XML.getBytes(UTF_8);
        byte[] attached = mail("application/octet-stream", gzip(xml));

        assertThat(container(xml)).isEqualTo("xml");
        assertThat(container(gzip(xml))).isEqualTo("gzip");
        assertThat(container(zip(xml))).isEqualTo("zip");
        assertThat(container(gzip(zip(xml)))).isEqualTo("gzip+zip");
        assertThat(container(attached)).isEqualTo("eml+gzip");
        assertThat(container(mail("text/plain", zip(xml))))
                .as("a wrong content type")
                .isEqualTo("eml+zip");
        assertThat(container(mail("message/rfc822", attached))).as("forwarded").isEqualTo("eml+eml+gzip");
        assertThat(container(("Subject: x\n\n" + Base64.getMimeEncoder().encodeToString(gzip(xml))).getBytes(UTF_8)))
                .as("base64 that nobody tells of")
                .isEqualTo("eml+gzip");
        assertThat(READER.read(mail("application/tlsrpt+gzip", gzip(JSON.getBytes(UTF_8))))
                        .getFirst())
                .isInstanceOf(ReportReading.Tls.class);
    }

    @Test
    void aZipOfTwoReportsIsTwoReports() {
        assertThat(READER.read(zip(XML.getBytes(UTF_8), JSON.getBytes(UTF_8)))).hasSize(2);
    }

    @Test
    void sloppyXmlIsRead() {
        assertThat(aggregate(XML.getBytes(ISO_8859_1)).reporter())
                .as("Latin-1 that says UTF-8")
                .isEqualTo("Örg");
        assertThat(aggregate(XML.getBytes(UTF_16)).reporter())
                .as("UTF-16 that says UTF-8")
                .isEqualTo("Örg");
        assertThat(aggregate(("\ufeff\n\n " + XML).getBytes(UTF_8)).reporter())
                .as("blanks before")
                .isEqualTo("Örg");
        assertThat(aggregate(XML.replace("Örg", "A & B <br/>").getBytes(UTF_8)).reporter())
                .as("a bare ampersand, and an element in a text")
                .isEqualTo("A & B");
        assertThat(aggregate(XML.replace("Örg", "A\u0001").getBytes(UTF_8)).reporter())
                .as("a control character")
                .isEqualTo("A");
        assertThat(aggregate(XML.replace("<feedback>", "<d:feedback xmlns:d='urn:x' xmlns:y='urn:z'>")
                                .replace("</feedback>", "</d:feedback>")
                                .getBytes(UTF_8))
                        .namespace())
                .as("a prefix")
                .isEqualTo("urn:x");
        assertThat(aggregate(XML.replace("<record>", "<q:more><z/></q:more><record>")
                                .getBytes(UTF_8))
                        .rows())
                .as("a prefix that nobody declared")
                .hasSize(2);
        assertThat(aggregate((XML + "\n-- \nsent by").getBytes(UTF_8)).rows())
                .as("words behind the root")
                .hasSize(2);
        assertThat(aggregate(XML.replaceAll("(?s)<report_metadata>.*</policy_published>", "")
                                .getBytes(UTF_8))
                        .reporter())
                .as("fields that are missing")
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <!DOCTYPE feedback [<!ENTITY x SYSTEM "file:///etc/hostname">]><feedback><report_metadata><org_name>&x;</org_name></report_metadata></feedback> | declares a document type
            <html><body>hello</body></html>      | its root is not feedback
            <feedback/>                          | the report is empty
            <feedback><record>                   | the XML is broken in line 1
            <feedback><record></feedback>        | the XML is broken in line 1
            {"a": 1}                             | no TLS report
            {"policies": [                       | the JSON is broken
            Subject: hello                       | there is no report in it
            PK broken                            | the zip is empty or broken
            ``                                   | there is no report in it
            """)
    void whatIsNoReportIsToldWithAReason(String text, String reason) {
        assertThat(only(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ReportReading.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains(reason));
    }

    @Test
    void entitiesReadNoFile() throws IOException {
        Path secret = Files.writeString(dir.resolve("secret"), "s3cret");
        String attack = "<!DOCTYPE feedback [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + XML.replaceFirst("<\\?xml[^>]*>", "").replace("Örg", "&x;");

        assertThat(READER.read(attack.getBytes(UTF_8)).toString()).doesNotContain("s3cret");
    }

    @Test
    void bombsAreStopped() {
        UnpackLimits small = new UnpackLimits(1 << 20, 4 << 20, 100, 5, 3);
        ReportReader reader = new ReportReader(small);
        byte[] zeros = new byte[8 << 20];

        assertThat(reasons(reader.read(gzip(zeros))))
                .as("more octets than allowed for so few")
                .contains("unpacks to more");
        assertThat(reasons(reader.read(zip(zeros)))).contains("unpacks to more");
        assertThat(reasons(reader.read(zeros))).contains("larger than");
        assertThat(reasons(READER.read(("<feedback>" + "<a>".repeat(100_000)).getBytes(UTF_8))))
                .contains("is broken");
        assertThat(reasons(reader.read(gzip(gzip(gzip(gzip(gzip(XML.getBytes(UTF_8)))))))))
                .contains("wrapped more than 3 times");
        byte[] xml = XML.getBytes(UTF_8);
        assertThat(reader.read(zip(xml, xml, xml, xml, xml, xml, xml)))
                .as("documents")
                .hasSize(5);
    }

    @Test
    void aTruncatedGzipIsTold() {
        byte[] whole = gzip(XML.getBytes(UTF_8));

        assertThat(reasons(READER.read(java.util.Arrays.copyOf(whole, whole.length / 2))))
                .contains("the gzip is broken");
    }

    @Test
    void theSummarySaysWhoSendsAsUsAndCountsAReportOnce() {
        SourceSummary.Collector sources = new SourceSummary.Collector();
        AggregateReport report = aggregate(XML.getBytes(UTF_8));

        assertThat(sources.add(report)).isTrue();
        assertThat(sources.add(report)).isFalse();
        assertThat(sources.add(aggregate(XML.replace(">7<", ">8<").getBytes(UTF_8))))
                .isTrue();

        SourceSummary most = sources.summaries().getFirst();
        assertThat(sources.summaries()).hasSize(2);
        assertThat(most.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(most.messages()).isEqualTo(10);
        assertThat(most.pass()).isEqualTo(10);
        assertThat(most.spfPass()).isZero();
        assertThat(most.authenticated()).containsExactly("dkim:example.com");
        assertThat(most.reporters()).containsExactly("Örg");
    }

    private static ReportReading only(byte[] octets) {
        List<ReportReading> readings = READER.read(octets);
        assertThat(readings).hasSize(1);
        return readings.getFirst();
    }

    private static AggregateReport aggregate(byte[] octets) {
        ReportReading reading = only(octets);
        assertThat(reading).isInstanceOf(ReportReading.Aggregate.class);
        return ((ReportReading.Aggregate) reading).report();
    }

    private static String container(byte[] octets) {
        return only(octets).container();
    }

    private static String reasons(List<ReportReading> readings) {
        return readings.toString();
    }

    private static byte[] mail(String type, byte[] attachment) {
        boolean message = type.startsWith("message/");
        String body = message
                ? new String(attachment, ISO_8859_1)
                : Base64.getMimeEncoder().encodeToString(attachment);
        return ("MIME-Version: 1.0\r\nSubject: report\r\nContent-Type: multipart/mixed; boundary=\"b"
                        + attachment.length
                        + "\"\r\n\r\n--b" + attachment.length + "\r\n\r\nsee the attachment\r\n--b" + attachment.length
                        + "\r\nContent-Type: " + type + (message ? "" : "\r\nContent-Transfer-Encoding: base64")
                        + "\r\n\r\n"
                        + body + "\r\n--b" + attachment.length + "--\r\n")
                .getBytes(ISO_8859_1);
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writing.to(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] octets) {
        return written(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(octets);
            }
        });
    }

    private static byte[] zip(byte[]... documents) {
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < documents.length; i++) {
                    zip.putNextEntry(new ZipEntry("report" + i));
                    zip.write(documents[i]);
                }
            }
        });
    }
}
