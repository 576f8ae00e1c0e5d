package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.reports.PolicyAdvice;
import dev.authmail.reports.ReportTally;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.MailboxServer;
import dev.authmail.testkit.TestAuthmail;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports in the mailbox become records, once each; what cannot be read is put aside. */
class ReportRouteTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static MailboxServer mailbox;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        mailbox = MailboxServer.start();
        authmail = new TestAuthmail();
        mailbox.tell(authmail, "authmail.reports", "imaps");
        authmail.start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
        mailbox.close();
    }

    @Test
    void reportsBecomeRecordsOnceAndSayWhetherItIsTimeForAStricterPolicy() throws IOException {
        mailbox.deliver(mail("dmarc", "application/gzip", gzip(dmarc("r-1", "198.51.100.9", 5, "fail"))));
        mailbox.deliver(mail("zipped", "application/zip", zip(dmarc("r-2", "192.0.2.7", 500, "pass"))));
        mailbox.deliver(mail("tls", "application/tlsrpt+json", tls("t-1").getBytes(StandardCharsets.UTF_8)));
        mailbox.deliver(mail("again", "application/zip", zip(dmarc("r-2", "192.0.2.7", 500, "pass"))));

        filed("processed", "dmarc", "zipped", "tls", "again");

        List<ConsumerRecord<byte[], byte[]>> records = authmail.kafka().seen(authmail.reports());
        assertThat(records)
                .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "dmarc-aggregate/receiver.test/r-1/sender.test",
                        "dmarc-aggregate/receiver.test/r-2/sender.test",
                        "tls-rpt/receiver.test/t-1/sender.test");
        assertThat(records)
                .extracting(KafkaPeer::text)
                .anyMatch(text -> text.contains("\"source_ip\":\"192.0.2.7\",\"count\":500"));
        assertThat(counted("authmail.reported.mails", "result", "pass")).isEqualTo(500);
        assertThat(counted("authmail.reported.mails", "result", "fail")).isEqualTo(5);
        assertThat(counted("authmail.reported.tls.sessions", "result", "failure"))
                .isEqualTo(3);
        assertThat(authmail.context().getBean(ReportTally.class).advice())
                .extracting(PolicyAdvice::next)
                .containsExactly(Optional.of("quarantine"));
    }

    @Test
    void whatCannotBeReadIsPutAsideAndTellsNobodyAnything() throws IOException {
        int before = authmail.kafka().seen(authmail.reports()).size();
        mailbox.deliver(mail("bomb", "application/gzip", gzip("<feedback>" + " ".repeat(30_000_000))));
        mailbox.deliver(mail("prose", "text/plain", "Dear postmaster".getBytes(StandardCharsets.UTF_8)));
        mailbox.deliver(mail("cut", "application/xml", "<feedback><report_metadata>".getBytes(StandardCharsets.UTF_8)));

        filed("unreadable", "bomb", "prose", "cut");

        assertThat(authmail.kafka().seen(authmail.reports())).hasSizeGreaterThanOrEqualTo(before);
        assertThat(counted("authmail.reports", "result", "unreadable")).isGreaterThanOrEqualTo(3);
        assertThat(authmail.kafka().seen(authmail.reports()))
                .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
                .noneMatch(key -> key.startsWith("unnamed"));
    }

    private static void filed(String folder, String... subjects) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(mailbox.subjectsIn("authmail." + folder)).contains(subjects);
            assertThat(mailbox.subjectsIn("INBOX")).doesNotContain(subjects);
        });
    }

    private static double counted(String name, String tag, String value) {
        return authmail.context()
                .getBean(MeterRegistry.class)
                .get(name)
                .tag(tag, value)
                .counter()
                .count();
    }

    private static String mail(String subject, String type, byte[] report) {
        return """
                From: reports@receiver.test
                To: dmarc@sender.test
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b"

                --b
                Content-Type: %s
                Content-Transfer-Encoding: base64

                %s
                --b--
                """.formatted(subject, type, Base64.getMimeEncoder().encodeToString(report));
    }

    private static String dmarc(String id, String ip, int count, String dkim) {
        return """
                <feedback><report_metadata><org_name>receiver.test</org_name><report_id>%s</report_id>
                <date_range><begin>1700000000</begin><end>1702000000</end></date_range></report_metadata>
                <policy_published><domain>sender.test</domain><p>none</p></policy_published>
                <record><row><source_ip>%s</source_ip><count>%d</count><policy_evaluated>
                <disposition>none</disposition><dkim>%s</dkim><spf>fail</spf></policy_evaluated></row>
                <identifiers><header_from>sender.test</header_from></identifiers><auth_results/></record></feedback>
                """.formatted(id, ip, count, dkim);
    }

    private static String tls(String id) {
        return """
                {"organization-name": "receiver.test", "report-id": "%s", "contact-info": "tls@receiver.test",
                 "date-range": {"start-datetime": "2026-11-24T00:00:00Z", "end-datetime": "2026-11-24T23:59:59Z"},
                 "policies": [{"policy": {"policy-type": "sts", "policy-domain": "sender.test"},
                 "summary": {"total-successful-session-count": 9, "total-failure-session-count": 3}}]}
                """.formatted(id);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return octets.toByteArray();
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(octets)) {
            out.putNextEntry(new ZipEntry("report.xml"));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return octets.toByteArray();
    }
}
