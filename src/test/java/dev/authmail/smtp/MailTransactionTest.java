package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import dev.authmail.smtp.Transaction.Unconfirmed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailTransactionTest extends ScriptedServerCase {
    @Test
    void theAnswerToTheFinalDotIsTheResult() {
        server.onDot().reply("250-2.0.0 Ok", "250 2.0.0 queued as 4711");

        assertThat(offer(TlsPolicy.NONE))
                .isEqualTo(new Accepted(new SmtpReply(250, List.of("2.0.0 Ok", "2.0.0 queued as 4711")), null));
        assertThat(server.awaitMails(1).getFirst().from()).isEqualTo("bounce@a.test");
        assertThat(server.mails().getFirst().to()).isEqualTo("user@b.test");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEnvelopeGoesInOneWriteWhereTheServerTakesItSo(boolean pipelining) {
        pipelining(pipelining);

        offer(TlsPolicy.NONE);

        assertThat(server.pipelinedCommands()).isEqualTo(pipelining ? 2 : 0);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    MAIL, 451 4.3.0 later,           true,  MAIL
                    MAIL, 451 4.3.0 later,           false, MAIL
                    MAIL, 550 5.7.1 not you,         true,  MAIL
                    MAIL, 550 5.7.1 not you,         false, MAIL
                    RCPT, 450 4.2.1 greylisted,      true,  RCPT
                    RCPT, 450 4.2.1 greylisted,      false, RCPT
                    RCPT, 550 5.1.1 no such user,    true,  RCPT
                    RCPT, 550 5.1.1 no such user,    false, RCPT
                    DATA, 452 4.3.1 disk full,       true,  DATA
                    DATA, 452 4.3.1 disk full,       false, DATA
                    DATA, 554 5.5.1 no,              true,  DATA
                    DATA, 554 5.5.1 no,              false, DATA
                    <DOT>, 451 4.7.1 try again,      true,  DOT
                    <DOT>, 451 4.7.1 try again,      false, DOT
                    <DOT>, 554 5.7.1 looks like spam, true,  DOT
                    <DOT>, 554 5.7.1 looks like spam, false, DOT
                    <DOT>, 421 4.3.2 shutting down,  true,  DOT
                    RCPT, 421 4.3.2 shutting down,   true,  RCPT
                    """)
    void aRefusalTellsItsPhaseAndTheReply(String command, String reply, boolean pipelining, SmtpPhase phase) {
        pipelining(pipelining);
        server.on(command).reply(reply);

        assertThat(offer(TlsPolicy.NONE)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.phase()).isEqualTo(phase);
            assertThat(refused.reply().code() + " " + refused.reply().text()).isEqualTo(reply);
        });
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    EHLO, true,  MAIL, at the greeting
                    MAIL, false, RCPT, one command later
                    DATA, false, DATA, when the server waits for the message
                    DATA, true,  DATA, when the envelope went in one write
                    """)
    void aMailThatIsWithdrawnIsNotSent(String command, boolean pipelining, SmtpPhase phase, String reason) {
        pipelining(pipelining);
        Deadline withdrawn = soon().unless(() -> !server.commands(command).isEmpty());

        assertThat(client().offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, withdrawn))
                .as(reason)
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.failure()).isEqualTo(Failure.WITHDRAWN);
                    assertThat(failed.phase()).isEqualTo(phase);
                });
        server.awaitNoConnection();
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aMailWhoseFinalDotIsOnItsWayIsWaitedFor() {
        Deadline withdrawn = soon().unless(() -> !server.mails().isEmpty());

        assertThat(client().offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, withdrawn))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void anEmptyMessageIsNeverDeliveredWhenDataIsTakenWithoutRecipient() {
        server.on("RCPT").reply("550 5.1.1 no such user");
        server.on("DATA").reply("354 go on");

        assertThat(offer(TlsPolicy.NONE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.phase()).isEqualTo(SmtpPhase.RCPT));
        server.awaitNoConnection();
        assertThat(server.commands(".")).as("the dot alone ends it").hasSize(1);
        assertThat(server.commands("QUIT")).as("and the talk goes on in step").hasSize(1);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aServerThatTakesTheRecipientOfARefusedMailGetsNoDot() {
        server.on("MAIL").reply("451 4.3.0 later");
        server.on("RCPT").reply("250 2.1.5 ok");
        server.on("DATA").reply("354 go on");

        assertThat(offer(TlsPolicy.NONE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.phase()).isEqualTo(SmtpPhase.MAIL));
        server.awaitNoConnection();
        assertThat(server.commands(".")).isEmpty();
    }

    @Test
    void aServerThatTakesTheEmptyMessageIsTalkedToNoMore() {
        server.on("RCPT").reply("550 5.1.1 no such user");
        server.on("DATA").reply("354 go on");
        server.onDot().reply("250 2.0.0 thank you");

        assertThat(offer(TlsPolicy.NONE)).isInstanceOf(Refused.class);
        server.awaitNoConnection();
        assertThat(server.commands("QUIT")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, MAIL, MAIL",
        "false, MAIL, MAIL",
        "true, RCPT, RCPT",
        "false, RCPT, RCPT",
        "true, DATA, DATA",
        "false, DATA, DATA"
    })
    void aConnectionLostBeforeTheMessageIsAFailure(boolean pipelining, String command, SmtpPhase phase) {
        pipelining(pipelining);
        server.on(command).close();

        assertThat(offer(TlsPolicy.NONE)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(phase);
            assertThat(failed.failure()).isEqualTo(Failure.CONNECTION_LOST);
        });
    }

    @Test
    void aConnectionLostBeforeTheDotIsAFailure() {
        server.withhold("SIZE").on("DATA").reply("354 go on").close();

        // Larger than what the system takes without the server reading it.
        Transaction transaction = offer(message("Subject: long\r\n\r\n" + "0123456789\r\n".repeat(1_000_000)));

        assertThat(transaction).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.DATA);
            assertThat(failed.failure()).isEqualTo(Failure.CONNECTION_LOST);
        });
    }

    @Test
    void aConnectionLostAfterTheDotLeavesItOpen() {
        server.cutAfterDot();

        assertThat(offer(TlsPolicy.NONE)).isEqualTo(new Unconfirmed("the server closed the connection", null));
        assertThat(server.mails()).as("it was delivered, and nobody told us").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    354 go on,    it waits for another message
                    hello,        not SMTP
                    """)
    void anAnswerToTheDotThatSaysNothingLeavesItOpen(String reply, String reason) {
        server.onDot().reply(reply);

        assertThat(offer(TlsPolicy.NONE)).as(reason).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    SIZE 23, Failed,   one octet less than the message
                    SIZE 24, Accepted, exactly the message
                    SIZE 0,  Accepted, RFC 1870 §4: no limit
                    SIZE,    Accepted, no limit told
                    SIZE x,  Accepted, not a number
                    """)
    void aMessageLargerThanTheServersSizeIsNotSent(String size, String outcome, String reason) {
        server.offer(size);

        Transaction transaction = offer(message("Subject: x\r\n\r\n12345678\r\n"));

        assertThat(transaction.getClass().getSimpleName()).as(reason).isEqualTo(outcome);
        if (transaction instanceof Failed failed) {
            assertThat(failed.failure()).isEqualTo(Failure.TOO_LARGE);
            assertThat(server.commands("MAIL")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    user, plain,    '',                SIZE=19,                        nothing special
                    user, schön,    '',                SIZE=20 BODY=8BITMIME,          8-bit octets
                    user, schön,    8BITMIME,          SIZE=20,                        not offered: sent as it is
                    用户,  schön,    '',                SIZE=20 BODY=8BITMIME SMTPUTF8, the recipient needs it
                    user, plain,    SIZE,              '',                             SIZE not offered
                    """)
    void parametersAreThoseThatAreOfferedAndNeeded(
            String localPart, String body, String withheld, String parameters, String reason) {
        server.withhold(withheld);

        Transaction transaction = client().offer(
                        target(TlsPolicy.NONE), envelope(localPart), message("Subject: x\r\n\r\n" + body), soon());

        assertThat(transaction).as(reason).isInstanceOf(Accepted.class);
        assertThat(String.join(" ", server.awaitMails(1).getFirst().parameters()))
                .isEqualTo(parameters);
        assertThat(server.mails().getFirst().to()).isEqualTo(localPart + "@b.test");
    }

    @Test
    void anAddressThatNeedsSmtputf8IsNotOfferedToAServerWithoutIt() {
        server.withhold("SMTPUTF8");

        Transaction transaction = client().offer(target(TlsPolicy.NONE), envelope("用户"), HELLO, soon());

        assertThat(transaction).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.SMTPUTF8_NOT_OFFERED);
            assertThat(failed.detail()).doesNotContain("用户");
        });
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void anAddressCannotSmuggleACommand() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> client().offer(target(TlsPolicy.NONE), envelope("x>\r\nRCPT TO:<victim"), HELLO, soon()));
        assertThat(server.commands("RCPT")).isEmpty();
    }

    private void pipelining(boolean offered) {
        if (!offered) {
            server.withhold("PIPELINING");
        }
    }
}
