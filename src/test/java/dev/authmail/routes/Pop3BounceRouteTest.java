package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.testkit.ComesBack;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.MailboxServer;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the mailbox has no folders, what people should see is kept on Kafka, and what is too large is left alone. */
class Pop3BounceRouteTest {
    private static MailboxServer mailbox;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        mailbox = MailboxServer.start();
        authmail = new TestAuthmail();
        mailbox.tell(authmail, "pop3s");
        authmail.set("authmail.bounces.max-size", "20KB");
        authmail.start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
        mailbox.close();
    }

    @Test
    void aReportIsToldAndTakenAway() {
        authmail.register("pop-1", "nobody@good.test");
        authmail.outcome("pop-1", "accepted");
        String sender =
                authmail.relay.awaitMailsTo("nobody@good.test", 1).getFirst().from();
        mailbox.deliver(
                ComesBack.report(sender, "one", "nobody@good.test", "failed", "5.1.1", "550 5.1.1 no such user"));

        assertThat(authmail.outcome("pop-1", "bounced").data("userState")).isEqualTo("address-unknown");
        await().untilAsserted(() -> assertThat(mailbox.subjectsIn("INBOX")).doesNotContain("one"));
    }

    @Test
    void whatProvesNothingIsKeptOnKafkaByteForByte() {
        String mail = ComesBack.report("no-reply@sender.test", "stray", "x@good.test", "failed", "5.1.1", "550 no");
        mailbox.deliver(mail);

        ConsumerRecord<byte[], byte[]> kept = authmail.kafka()
                .await(authmail.quarantine(), r -> KafkaPeer.text(r).contains("Subject: stray"));
        assertThat(KafkaPeer.text(kept))
                .endsWith(mail.substring(mail.indexOf("--=r\n")).replace("\n", "\r\n"));
        assertThat(KafkaPeer.header(kept, "authmail-reason")).isEqualTo("unmatched");
        assertThat(KafkaPeer.header(kept, "authmail-detail")).isEqualTo("no-token");
        await().untilAsserted(() -> assertThat(mailbox.subjectsIn("INBOX")).doesNotContain("stray"));
    }

    @Test
    void whatIsTooLargeStaysAndDoesNotStandInTheWay() {
        mailbox.deliver(ComesBack.vacation("no-reply@sender.test", "large")
                + "x".repeat(70).concat("\n").repeat(400));
        authmail.register("pop-2", "behind@good.test");
        authmail.outcome("pop-2", "accepted");
        String sender =
                authmail.relay.awaitMailsTo("behind@good.test", 1).getFirst().from();
        mailbox.deliver(
                ComesBack.report(sender, "two", "behind@good.test", "failed", "5.2.2", "552 5.2.2 mailbox full"));

        assertThat(authmail.outcome("pop-2", "bounced"))
                .extracting(Outcome::type)
                .isEqualTo("bounced");
        assertThat(mailbox.subjectsIn("INBOX")).contains("large");
        assertThat(authmail.kafka().seen(authmail.quarantine()))
                .noneMatch(r -> KafkaPeer.text(r).contains("Subject: large"));
    }
}
