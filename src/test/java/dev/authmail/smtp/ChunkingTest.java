package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import dev.authmail.smtp.Transaction.Unconfirmed;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelope and message in one round trip. RFC 3030 §4.2. */
class ChunkingTest extends ScriptedServerCase {
    private static final Duration HOUR = Duration.ofHours(1);

    @BeforeEach
    void offerChunking() {
        server.offer("CHUNKING");
    }

    private SmtpServer relay() {
        return new SmtpServer(HOST, server.address(), server.port(), TlsPolicy.NONE, null, null, true);
    }

    private PooledSmtpTransport transport() {
        return new PooledSmtpTransport(client(), new PoolSettings(4, 100, HOUR, 1000, HOUR, HOUR));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            a: b\\r\\n\\r\\nx\\r\\n          | nothing to do
            a: b\\r\\n\\r\\n.x\\r\\n..\\r\\n | no dot is doubled
            a: b\\r\\n\\r\\n.\\r\\nx\\r\\n   | a dot alone ends nothing
            a: b\\r\\n\\r\\n                 | no body
            """)
    void theMessageArrivesOctetForOctet(String text, String why) {
        String message = text.replace("\\r", "\r").replace("\\n", "\n");

        assertThat(client().offer(relay(), ENVELOPE, message(message), soon())).isInstanceOf(Accepted.class);
        assertThat(server.mails().getFirst().text()).isEqualTo(message);
        assertThat(server.commands("BDAT")).containsExactly("BDAT " + message.length() + " LAST");
        assertThat(server.commands("DATA")).isEmpty();
    }

    @Test
    void aMissingLineEndIsAddedAsWithData() {
        client().offer(relay(), ENVELOPE, message("a: b\r\n\r\nx"), soon());

        assertThat(server.mails().getFirst().text()).isEqualTo("a: b\r\n\r\nx\r\n");
    }

    @Test
    void allGoesInOneWrite() {
        assertThat(offer(relay())).isInstanceOf(Accepted.class);
        assertThat(server.pipelinedCommands())
                .as("MAIL, RCPT and BDAT, each with more behind it")
                .isEqualTo(3);
    }

    @Test
    void aMailThatIsWithdrawnIsNotSent() {
        Deadline withdrawn = soon().unless(() -> !server.commands("EHLO").isEmpty());

        assertThat(client().offer(relay(), ENVELOPE, message("a: b\r\n\r\nx\r\n"), withdrawn))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.WITHDRAWN));
        server.awaitNoConnection();
        assertThat(server.commands("MAIL")).isEmpty();
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"CHUNKING", "PIPELINING"})
    void withoutBothExtensionsDataIsUsed(String withheld) {
        server.withhold(withheld);

        assertThat(offer(relay())).isInstanceOf(Accepted.class);
        assertThat(server.commands("DATA")).hasSize(1);
        assertThat(server.commands("BDAT")).isEmpty();
    }

    @Test
    void aServerThatShallNotGetItSoGetsData() {
        assertThat(offer(TlsPolicy.NONE)).isInstanceOf(Accepted.class);
        assertThat(server.commands("BDAT")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 4.3.0 later, MAIL",
        "MAIL, 550 5.7.1 not you, MAIL",
        "RCPT, 450 4.2.1 greylisted, RCPT",
        "RCPT, 550 5.1.1 no such user, RCPT",
        "BDAT, 451 4.7.1 try again, DOT",
        "BDAT, 554 5.7.1 looks like spam, DOT"
    })
    void aRefusalTellsItsPhaseAndTheNextMailGoesOverTheSameConnection(String command, String reply, SmtpPhase phase) {
        server.on(command).reply(reply).times(1);
        try (PooledSmtpTransport transport = transport()) {
            assertThat(transport.offer(relay(), ENVELOPE, HELLO, soon()))
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.phase()).isEqualTo(phase);
                        assertThat(refused.reply().code() + " "
                                        + refused.reply().text())
                                .isEqualTo(reply);
                    });
            assertThat(transport.offer(relay(), ENVELOPE, HELLO, soon())).isInstanceOf(Accepted.class);
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aServerThatTakesTheMessageOfARefusedRecipientIsTalkedToNoMore() {
        server.on("RCPT").reply("550 5.1.1 no such user");
        server.on("BDAT").reply("250 2.0.0 thank you");

        assertThat(offer(relay()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.phase()).isEqualTo(SmtpPhase.RCPT));
        server.awaitNoConnection();
        assertThat(server.commands("QUIT")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "BDAT"})
    void aConnectionLostWhenAllWasSentLeavesItOpen(String command) {
        server.on(command).close();

        assertThat(offer(relay())).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "BDAT"})
    void silenceWhenAllWasSentLeavesItOpen(String command) {
        server.on(command).stall(HOUR);

        assertThat(client(Timeouts.all(Duration.ofMillis(300))).offer(relay(), ENVELOPE, HELLO, soon()))
                .isInstanceOf(Unconfirmed.class);
    }

    @Test
    void whatWasRefusedStaysRefusedWhenTheConnectionIsLostThen() {
        server.on("RCPT").reply("550 5.1.1 no such user").close();

        assertThat(offer(relay())).isInstanceOf(Refused.class);
    }

    @Test
    void aServerThatDoesNotReadTheMessageCannotHaveIt() {
        server.withhold("SIZE");
        server.on("EHLO").stallAfter(HOUR);
        SignedMessage large = message("x\r\n".repeat(10_000_000));

        assertThat(client(Timeouts.all(Duration.ofMillis(300))).offer(relay(), ENVELOPE, large, soon()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.TIMEOUT));
    }

    /** Else each mail after a relay's restart would be in doubt. */
    @Test
    void aKeptConnectionThatTheServerHasClosedIsReplacedBeforeTheMailIsSent() {
        try (PooledSmtpTransport transport = transport()) {
            transport.offer(relay(), ENVELOPE, HELLO, soon());
            server.cutAll();
            assertThat(transport.offer(relay(), ENVELOPE, HELLO, soon())).isInstanceOf(Accepted.class);
        }
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }
}
