package dev.authmail.outcome;

import dev.authmail.delivery.Answer;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
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
 * @param reply the reply, when there was one
 * @param tls what was negotiated, when there was TLS
 */
public record HopFacts(
        Route route,
        @Nullable String nextHop,
        @Nullable String command,
        @Nullable SmtpReply reply,
        @Nullable TlsSession tls) {
    /** The facts of one answer; empty when the hop was skipped. */
    public static Optional<HopFacts> of(Answer answer) {
        return switch (answer.result()) {
            case HopResult.Skipped skipped -> Optional.empty();
            case HopResult.NoServer none -> Optional.of(new HopFacts(answer.route(), null, null, null, null));
            case HopResult.Tried tried -> Optional.of(of(answer.route(), tried));
        };
    }

    private static HopFacts of(Route route, HopResult.Tried tried) {
        String host = tried.server().label();
        return switch (tried.transaction()) {
            case Transaction.Accepted a -> new HopFacts(route, host, "DATA", a.reply(), a.tls());
            case Transaction.Refused r -> new HopFacts(route, host, verb(r.phase()), r.reply(), r.tls());
            case Transaction.Failed f -> new HopFacts(route, host, verb(f.phase()), null, f.tls());
            case Transaction.Unconfirmed u -> new HopFacts(route, host, "DATA", null, u.tls());
        };
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
