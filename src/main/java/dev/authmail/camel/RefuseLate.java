package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.RegistrationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses an event that comes too late for this attempt. Stands after consultLedger: a record that is read again after
 * its time has its outcome already, and it may be that the mail was accepted.
 */
public final class RefuseLate implements Processor {
    private final Duration maxAge;
    private final Reports reports;

    /**
     * @param maxAge an event that was never attempted and is older gets no mail
     * @param topics the retry topics
     */
    public RefuseLate(Duration maxAge, RetryTopics topics) {
        this.maxAge = maxAge;
        this.reports = new Reports(topics);
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        // A first attempt is made even when late, so that an outage does not turn into mass expiry. A replay has a
        // deadline of its own.
        boolean first = attempt.number() == 1
                && reports.replay(Intake.of(exchange).record()).isEmpty();
        Instant limit = first ? event.time().plus(maxAge).plus(heldFor(exchange)) : attempt.deadline();
        if (attempt.started().isAfter(limit)) {
            LastAttempt.tellOf(exchange);
            throw new MailRefusedException(
                    tooLate(attempt, "the event is of " + event.time() + ", the limit was " + limit));
        }
    }

    private static Duration heldFor(Exchange exchange) {
        return Objects.requireNonNullElse(Variables.HELD_FOR.orNull(exchange), Duration.ZERO);
    }

    /** A pinned attempt would have followed one that may have been delivered. */
    private static Conclusion.GivenUp tooLate(Attempt attempt, String detail) {
        return attempt.pinnedHop() == null
                ? new Conclusion.GivenUp(Reason.EXPIRED, Fault.SELF, UserState.OUR_FAULT, detail)
                : new Conclusion.GivenUp(Reason.UNCONFIRMED, Fault.NETWORK, UserState.DELAYED, detail);
    }
}
