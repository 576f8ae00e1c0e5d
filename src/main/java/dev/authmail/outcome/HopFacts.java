package dev.authmail.outcome;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Answer;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.SmtpText;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the deciding hop said.
 *
 * @param route relay or direct
 * @param nextHop host and address, when one was talked to
 * @param command the SMTP verb that was answered, or was not
 * @param reply the reply, when there was one; its text is the server's own and may name the recipient
 * @param text that text, fit to be shown; empty without a reply
 * @param tls what was negotiated, when there was TLS
 */
public record HopFacts(
        Route route,
        @Nullable String nextHop,
        @Nullable String command,
        @Nullable SmtpReply reply,
        String text,
        @Nullable TlsSession tls) {
    /**
     * The facts of one answer; empty when the hop was skipped.
     *
     * @param recipient whose local part is hidden in the text
     */
    public static Optional<HopFacts> of(Answer answer, MailAddress recipient) {
        return switch (answer.result()) {
            case HopResult.Skipped skipped -> Optional.empty();
            case HopResult.NoServer none -> Optional.of(new HopFacts(answer.route(), null, null, null, "", null));
            case HopResult.Tried tried -> Optional.of(of(answer.route(), tried, recipient));
        };
    }

    private static HopFacts of(Route route, HopResult.Tried tried, MailAddress recipient) {
        String host = tried.server().label();
        return switch (tried.transaction()) {
            case Transaction.Accepted a -> answered(route, host, "DATA", a.reply(), recipient, a.tls());
            case Transaction.Refused r -> answered(route, host, verb(r.phase()), r.reply(), recipient, r.tls());
            case Transaction.Failed f -> new HopFacts(route, host, verb(f.phase()), null, "", f.tls());
            case Transaction.Unconfirmed u -> new HopFacts(route, host, "DATA", null, "", u.tls());
        };
    }

    private static HopFacts answered(
            Route route,
            String host,
            @Nullable String command,
            SmtpReply reply,
            MailAddress recipient,
            @Nullable TlsSession tls) {
        return new HopFacts(route, host, command, reply, SmtpText.redact(reply.text(), recipient), tls);
    }

    private static @Nullable String verb(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT, GREETING -> null;
            case STARTTLS, TLS -> "STARTTLS";
            case DATA, DOT -> "DATA";
            case EHLO, AUTH, MAIL, RCPT -> phase.name();
        };
    }
}
