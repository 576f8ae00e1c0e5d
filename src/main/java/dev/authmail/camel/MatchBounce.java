package dev.authmail.camel;

import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.returns.ReturnMatcher;
import dev.authmail.returns.Verdict;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Says which event a report is about and what follows. Sets the variable {@code verdict}: {@code returned} when it tells of
 * a loss or a complaint, {@code repeated}, {@code harmless} or {@code unmatched}.
 */
public final class MatchBounce implements Processor {
    /** So long after a mail came, its event may still be on its way into the ledger. */
    private static final Duration LEDGER_MAY_LAG = Duration.ofMinutes(2);

    private final ReturnMatcher matcher;
    private final ReturnLog log;
    private final Clock clock;

    /**
     * @param matcher decides
     * @param log gets one line and one count a report
     * @param clock tells how long a mail has waited
     */
    public MatchBounce(ReturnMatcher matcher, ReturnLog log, Clock clock) {
        this.matcher = matcher;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Verdict verdict = matcher.decide(Variables.BOUNCE.of(exchange));
        if (verdict instanceof Verdict.Unmatched unmatched
                && unmatched.why() == Verdict.Why.UNKNOWN_EVENT
                && mayBeKnownSoon(Variables.TAKEN.orNull(exchange))) {
            throw new NotYetKnownException();
        }
        log.record(verdict);
        Variables.VERDICT.set(exchange, word(verdict));
        if (verdict instanceof Verdict.Unmatched unmatched) {
            Variables.DETAIL.set(exchange, unmatched.why().code());
        }
        if (verdict instanceof Verdict.Returned returned) {
            Variables.RETURNED.set(exchange, returned);
            Variables.EVENT_ID.set(exchange, returned.event());
            String user = returned.entry().userId();
            if (user != null) {
                Variables.USER_ID.set(exchange, user);
            }
            Variables.CONCLUSION.set(exchange, conclusion(returned));
            Variables.SUPPRESS.set(exchange, returned.suppressed().isPresent());
        }
    }

    private boolean mayBeKnownSoon(@Nullable TakenMail mail) {
        return mail != null && clock.instant().isBefore(mail.firstSeen().plus(LEDGER_MAY_LAG));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Returned returned -> "returned";
            case Verdict.Repeated repeated -> "repeated";
            case Verdict.Harmless harmless -> "harmless";
            case Verdict.Unmatched unmatched -> "unmatched";
        };
    }

    private static Conclusion.GivenUp conclusion(Verdict.Returned returned) {
        if (returned.reason() == Reason.COMPLAINED) {
            return new Conclusion.GivenUp(
                    Reason.COMPLAINED,
                    Fault.RECIPIENT,
                    UserState.ADDRESS_REFUSED,
                    "its recipient called the mail spam");
        }
        ReportedRecipient recipient = returned.recipient().orElseThrow();
        String rule = recipient.rule().isEmpty() ? "" : ", rule " + recipient.rule();
        return new Conclusion.GivenUp(
                Reason.BOUNCED, recipient.fault(), recipient.userState(), "the mail came back" + rule);
    }
}
