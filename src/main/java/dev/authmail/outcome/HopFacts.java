package dev.authmail.outcome;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Answer;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.SmtpText;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
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
 * @param tls what TLS was demanded, and what came of it
 */
public record HopFacts(
        Route route,
        @Nullable String nextHop,
        @Nullable String command,
        @Nullable SmtpReply reply,
        String text,
        TlsFacts tls) {
    /**
     * The facts of one answer; empty when the hop was skipped.
     *
     * @param recipient whose local part is hidden in the text
     */
    public static Optional<HopFacts> of(Answer answer, MailAddress recipient) {
        return switch (answer.result()) {
            case HopResult.Skipped skipped -> Optional.empty();
            case HopResult.NoServer none ->
                Optional.of(new HopFacts(answer.route(), null, null, null, "", TlsFacts.of(none)));
            case HopResult.Tried tried -> Optional.of(of(answer.route(), tried, recipient));
        };
    }

    private static HopFacts of(Route route, HopResult.Tried tried, MailAddress recipient) {
        return switch (tried.transaction()) {
            case Transaction.Accepted a -> answered(route, tried, "DATA", a.reply(), recipient);
            case Transaction.Refused r -> answered(route, tried, verb(r.phase()), r.reply(), recipient);
            case Transaction.Failed f -> silent(route, tried, verb(f.phase()));
            case Transaction.Unconfirmed u -> silent(route, tried, "DATA");
        };
    }

    private static HopFacts answered(
            Route route, HopResult.Tried tried, @Nullable String command, SmtpReply reply, MailAddress recipient) {
        String text = SmtpText.redact(reply.text(), recipient);
        return new HopFacts(route, tried.server().label(), command, reply, text, TlsFacts.of(tried));
    }

    private static HopFacts silent(Route route, HopResult.Tried tried, @Nullable String command) {
        return new HopFacts(route, tried.server().label(), command, null, "", TlsFacts.of(tried));
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
