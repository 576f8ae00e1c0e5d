package dev.authmail.real;

import static dev.authmail.testkit.KafkaPeer.header;
import static dev.authmail.testkit.KafkaPeer.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with a real Postfix as its relay, and verifiers that are not ours at the far end. */
@Tag("real")
class RealRelayIT {
    private final ScriptedSmtpServer inbox = ScriptedSmtpServer.start();
    private final TestAuthmail authmail = new TestAuthmail();
    private Postfix postfix;

    @TempDir
    private Path folder;

    @BeforeEach
    void startPostfix() throws Exception {
        postfix = Postfix.start(authmail.certificates.keyAndChain(TestAuthmail.RELAY_NAME), inbox.port());
        authmail.set("authmail.relays.relay.port", postfix.port())
                .set("authmail.relays.relay.username", Postfix.USER)
                .set("authmail.relays.relay.password", Postfix.PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        authmail.close();
        postfix.close();
        inbox.close();
    }

    @Test
    void whatPostfixRelaysStillHasBothSignatures() throws Exception {
        Collection<byte[]> signed = new ConcurrentLinkedQueue<>();
        authmail.start();
        SignedMails.watch(authmail.context(), signed);
        ForeignVerifiers verifiers = new ForeignVerifiers(folder, "sender.test", authmail.keys.keyRecords());

        authmail.register("plain-ja", "hanako@good.test");
        authmail.register("""
                {"id": "plain-en", "userId": "u-1", "email": "john@good.test", "name": "John", "locale": "en"}
                """);
        authmail.register("idn", "hanako@例え.jp");
        authmail.register("smtputf8", "花子@例え.jp");

        List<ReceivedMail> mails = inbox.awaitMails(4);
        assertThat(mails)
                .extracting(ReceivedMail::to)
                .containsExactlyInAnyOrder(
                        "hanako@good.test", "john@good.test", "hanako@xn--r8jz45g.jp", "花子@xn--r8jz45g.jp");
        for (ReceivedMail mail : mails) {
            verifiers.bothPassBoth(mail.octets());
            assertThat(mail.parameters().contains("SMTPUTF8"))
                    .as("SMTPUTF8 for %s", mail.to())
                    .isEqualTo(mail.to().startsWith("花子"));
            // Postfix puts Received in front and changes nothing behind it.
            assertThat(signed).anyMatch(octets -> endsWith(mail.octets(), octets));
        }
        List<ConsumerRecord<byte[], byte[]>> outcomes =
                authmail.kafka().await(authmail.outcomes(), 4, r -> text(r).contains("authmail.accepted"));
        assertThat(outcomes).allMatch(r -> text(r).contains("\"route\":\"relay\""));
        assertThat(outcomes).allMatch(r -> text(r).contains("TLSv1.3"));
        assertThat(authmail.mx.mails()).isEmpty();
    }

    /** RFC 3030: message and envelope in one write; a recipient that is refused leaves the connection fit for the next mail. */
    @Test
    void withChunkingToo() throws Exception {
        Collection<byte[]> signed = new ConcurrentLinkedQueue<>();
        authmail.set("authmail.relays.relay.chunking", true)
                .set("authmail.smtp.max-connections-per-server", 1)
                .start();
        SignedMails.watch(authmail.context(), signed);
        ForeignVerifiers verifiers = new ForeignVerifiers(folder, "sender.test", authmail.keys.keyRecords());

        authmail.register("chunk-1", "hanako@good.test");
        authmail.outcome("chunk-1", "accepted");
        authmail.register("chunk-unknown", Postfix.UNKNOWN);
        assertThat(authmail.deadLetter("chunk-unknown").detail()).contains("550 5.1.1");
        authmail.register("chunk-2", "花子@例え.jp");
        authmail.outcome("chunk-2", "accepted");

        for (ReceivedMail mail : inbox.awaitMails(2)) {
            verifiers.bothPassBoth(mail.octets());
            assertThat(signed).anyMatch(octets -> endsWith(mail.octets(), octets));
        }
        authmail.stop();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(postfix.log())
                        .containsPattern("disconnect from \\S+ ehlo=2 starttls=1 auth=1 mail=3 rcpt=2/3 bdat=2/3 "));
    }

    @Test
    void anUnknownUserIsADeadLetterAndTheMxHostsAreNotAsked() {
        authmail.start().register("unknown", Postfix.UNKNOWN);

        ConsumerRecord<byte[], byte[]> letter =
                authmail.kafka().await(authmail.deadLetter(), r -> text(r).contains("\"unknown\""));
        assertThat(header(letter, "authmail-reason")).isEqualTo("rejected");
        assertThat(header(letter, "authmail-smtp-reply")).isEqualTo("550");
        assertThat(header(letter, "authmail-smtp-status")).isEqualTo("5.1.1");
        assertThat(authmail.mx.connections()).isZero();
        assertThat(inbox.mails()).isEmpty();
    }

    @Test
    void aWrongPasswordIsTheRelaysFaultAndTheMxHostsGetTheOctetsThatWereSigned() throws Exception {
        Collection<byte[]> signed = new ConcurrentLinkedQueue<>();
        authmail.set("authmail.relays.relay.password", "wrong").start();
        SignedMails.watch(authmail.context(), signed);
        ForeignVerifiers verifiers = new ForeignVerifiers(folder, "sender.test", authmail.keys.keyRecords());

        authmail.register("wrong-password", "hanako@good.test");
        authmail.register("wrong-password-2", "花子@例え.jp");

        for (ReceivedMail mail : authmail.mx.awaitMails(2)) {
            assertThat(signed).contains(mail.octets());
            verifiers.bothPassBoth(mail.octets());
        }
        assertThat(postfix.log()).contains("SASL PLAIN authentication failed: authentication failure");
        assertThat(inbox.mails()).isEmpty();
    }

    @Test
    void aRelayThatDoesNotKnowUsIsAtFaultAndTheMxHostsGetTheMail() {
        authmail.set("authmail.relays.relay.username", "").start().register("unauthorised", "hanako@good.test");

        assertThat(authmail.mx.awaitMails(1).getFirst().to()).isEqualTo("hanako@good.test");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(postfix.log()).contains("554 5.7.1", "Relay access denied"));
        assertThat(inbox.mails()).isEmpty();
    }

    @Test
    void theRelayItselfRefusesMailInClearText() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), postfix.port())) {
            socket.getOutputStream().write("EHLO me\r\n".getBytes(US_ASCII));
            socket.getOutputStream().write("MAIL FROM:<a@sender.test>\r\nQUIT\r\n".getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .contains("250-STARTTLS", "530 5.7.0")
                    .doesNotContain("AUTH PLAIN");
        }
    }

    private static boolean endsWith(byte[] whole, byte[] end) {
        return new String(whole, ISO_8859_1).endsWith(new String(end, ISO_8859_1));
    }
}
