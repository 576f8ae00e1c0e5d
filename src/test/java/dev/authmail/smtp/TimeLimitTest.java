package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Unconfirmed;
import dev.authmail.testkit.StartTls;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TimeLimitTest extends ScriptedServerCase {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final SmtpClient hasty = client(Timeouts.all(SHORT));

    @ParameterizedTest
    @CsvSource({"<CONNECT>, GREETING", "EHLO, EHLO", "MAIL, MAIL", "RCPT, RCPT", "DATA, DATA"})
    void aSilentServerIsGivenUpAtEachStep(String event, SmtpPhase phase) {
        server.on(event).stall(LONG);

        assertTimeout(phase, within(SHORT, () -> offerTo(TlsPolicy.NONE)));
    }

    @Test
    void silenceAfterStartTlsIsGivenUp() {
        server.startTls(AUTHORITY.validFor(HOST)).on("STARTTLS").stall(LONG);

        assertTimeout(SmtpPhase.STARTTLS, within(SHORT, () -> offerTo(TlsPolicy.REQUIRED)));
    }

    @Test
    void silenceInTheHandshakeIsGivenUp() {
        server.startTls(StartTls.SILENT);

        assertTimeout(SmtpPhase.TLS, within(SHORT, () -> offerTo(TlsPolicy.REQUIRED)));
    }

    @Test
    void opportunisticTlsFallsBackFromSilenceToo() {
        server.startTls(StartTls.SILENT);

        assertThat(within(SHORT, () -> offerTo(TlsPolicy.OPPORTUNISTIC))).isInstanceOf(Transaction.Accepted.class);
    }

    @Test
    void silenceAfterAuthIsGivenUp() {
        server.requireAuth("relay-user", "relay-pass").on("AUTH").stall(LONG);

        SmtpServer target = target(TlsPolicy.NONE, "relay-user", "relay-pass");
        assertTimeout(SmtpPhase.AUTH, within(SHORT, () -> hasty.offer(target, ENVELOPE, HELLO, soon())));
    }

    @Test
    void silenceAfterTheDotLeavesItOpen() {
        server.onDot().stall(LONG);

        assertThat(within(SHORT, () -> offerTo(TlsPolicy.NONE))).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatDripsDoesNotGetPastTheLimit(boolean inTls) {
        server.startTls(AUTHORITY.validFor(HOST));
        server.on("MAIL").drip(Duration.ofMillis(100));

        Transaction transaction = within(SHORT, () -> offerTo(inTls ? TlsPolicy.REQUIRED : TlsPolicy.NONE));

        assertTimeout(SmtpPhase.MAIL, transaction);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatStopsReadingDoesNotHoldTheMessageForEver(boolean inTls) {
        server.startTls(AUTHORITY.validFor(HOST));
        server.stopReadingAtData();
        SignedMessage large = message("x\r\n".repeat(10_000_000));
        server.withhold("SIZE");

        Transaction transaction = within(
                SHORT, () -> hasty.offer(target(inTls ? TlsPolicy.REQUIRED : TlsPolicy.NONE), ENVELOPE, large, soon()));

        assertTimeout(SmtpPhase.DATA, transaction);
    }

    @Test
    void theDeadlineCapsEveryLimit() {
        server.on("RCPT").stall(LONG);

        Transaction transaction =
                within(SHORT, () -> client().offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, Deadline.in(SHORT)));

        assertTimeout(SmtpPhase.RCPT, transaction);
    }

    @Test
    void aSlowServerWithinItsLimitsIsWaitedFor() {
        server.delayPerCommand(SHORT.dividedBy(3));

        assertThat(offerTo(TlsPolicy.NONE)).isInstanceOf(Transaction.Accepted.class);
    }

    private Transaction offerTo(TlsPolicy policy) {
        return hasty.offer(target(policy), ENVELOPE, HELLO, soon());
    }

    private static void assertTimeout(SmtpPhase phase, Transaction transaction) {
        assertThat(transaction).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(phase);
            assertThat(failed.failure()).isEqualTo(Failure.TIMEOUT);
            assertThat(failed.detail()).contains("within");
        });
    }

    /** Not before the limit, and not long after it. */
    private static Transaction within(Duration limit, Supplier<Transaction> offer) {
        long start = System.nanoTime();
        Transaction transaction = offer.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(limit.minusMillis(20), limit.plusSeconds(3));
        return transaction;
    }
}
