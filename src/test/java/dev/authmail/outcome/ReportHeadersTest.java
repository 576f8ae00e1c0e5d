package dev.authmail.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.Transaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportHeadersTest {
    private static final MailAddress RECIPIENT = new MailAddress("hanako", new Domain("b.test"));
    private static final Report KNOWN_BY_NAME = Report.about(new EventId("/app|e1"), "registrations-0@7");

    @Test
    void allThatIsKnownHasAHeader() {
        Report report = KNOWN_BY_NAME
                .forUser("u-1")
                .after(Attempts.refused(SmtpPhase.RCPT, 550, "5.1.1 <hanako@b.test>: no such user"), RECIPIENT)
                .because(Reason.REJECTED, Fault.RECIPIENT, UserState.ADDRESS_UNKNOWN, "no such mailbox");

        assertThat(ReportHeaders.of(report))
                .containsExactly(
                        entry("authmail-event-id", "/app|e1"),
                        entry("authmail-reason", "rejected"),
                        entry("authmail-fault", "recipient"),
                        entry("authmail-detail", "no such mailbox"),
                        entry("authmail-attempts", "2"),
                        entry("authmail-first-attempt", "2026-11-24T05:58:00Z"),
                        entry("authmail-last-attempt", "2026-11-24T05:59:00Z"),
                        entry("authmail-route", "direct"),
                        entry("authmail-next-hop", "mx.b.test[192.0.2.1]:25"),
                        entry("authmail-smtp-command", "RCPT"),
                        entry("authmail-smtp-reply", "550"),
                        entry("authmail-smtp-status", "5.1.1"),
                        entry("authmail-smtp-text", "5.1.1 <…@b.test>: no such user"),
                        entry("authmail-source", "registrations-0@7"));
    }

    @Test
    void whatIsNotKnownHasNone() {
        assertThat(ReportHeaders.of(KNOWN_BY_NAME)).containsOnlyKeys("authmail-event-id", "authmail-source");
    }

    @Test
    void aHopThatHadNoServerLeavesItsRouteAlone() {
        Attempt attempt = Attempts.with(new HopResult.NoServer(HopResult.Why.NULL_MX, "null MX"));

        assertThat(ReportHeaders.of(KNOWN_BY_NAME.after(attempt, RECIPIENT)))
                .containsEntry("authmail-route", "direct")
                .doesNotContainKeys("authmail-next-hop", "authmail-smtp-command", "authmail-smtp-reply");
    }

    @Test
    void aHopThatWasSkippedLeavesNothing() {
        Attempt attempt = Attempts.with(new HopResult.Skipped("switched off"));

        assertThat(ReportHeaders.of(KNOWN_BY_NAME.after(attempt, RECIPIENT)))
                .doesNotContainKeys("authmail-route", "authmail-next-hop");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(nullValues = "-", textBlock = """
            CONNECT,  -,        nobody was asked anything
            GREETING, -,        nor here
            EHLO,     EHLO,     the verb
            STARTTLS, STARTTLS, the verb
            TLS,      STARTTLS, the handshake is what STARTTLS began
            AUTH,     AUTH,     the verb alone and no credentials
            MAIL,     MAIL,     the verb
            RCPT,     RCPT,     the verb alone and no address
            DATA,     DATA,     the verb
            DOT,      DATA,     the final dot is the end of DATA
            """)
    void theCommandIsTheVerbAlone(SmtpPhase phase, String verb, String reason) {
        Map<String, String> headers = ReportHeaders.of(KNOWN_BY_NAME.after(Attempts.failed(phase, null), RECIPIENT));

        assertThat(headers.get("authmail-smtp-command")).as(reason).isEqualTo(verb);
        assertThat(headers).doesNotContainKeys("authmail-smtp-reply", "authmail-smtp-text");
    }

    @Test
    void anEmptyTextHasNoHeader() {
        var silent = new Transaction.Refused(SmtpPhase.RCPT, new SmtpReply(550, List.of()), null);

        assertThat(ReportHeaders.of(KNOWN_BY_NAME.after(Attempts.tried(silent), RECIPIENT)))
                .containsEntry("authmail-smtp-reply", "550")
                .doesNotContainKeys("authmail-smtp-text", "authmail-smtp-status");
    }
}
