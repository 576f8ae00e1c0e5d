package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.event.SourceRecord;
import dev.authmail.hold.Hold;
import dev.authmail.outcome.RetryHeaders;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;

/** Puts a mail back that may not be sent now, as if this attempt had not begun. */
public final class HoldBack {
    private final RetrySchedule schedule;
    private final RetryTopics topics;
    private final Clock clock;

    /**
     * @param schedule names the tier to wait in
     * @param topics tells retry records, which may say that they wait, from others
     * @param clock tells from when on it waits
     */
    public HoldBack(RetrySchedule schedule, RetryTopics topics, Clock clock) {
        this.schedule = schedule;
        this.topics = topics;
        this.clock = clock;
    }

    /** How many times in a row the event was put back before. */
    int rounds(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        return topics.contains(record.topic())
                ? RetryHeaders.read(record::header, clock.instant()).held()
                : 0;
    }

    /** The words of the hold are the operator's affair, and not for every reader of outcomes. */
    void because(Hold hold, Exchange exchange) {
        because("an operator holds " + hold.scope() + " since " + hold.since(), exchange);
    }

    /** @param why for every reader of outcomes */
    void because(String why, Exchange exchange) {
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        int round = rounds(exchange) + 1;
        RetrySchedule.Tier tier = schedule.whileHeld(round);
        Instant due = clock.instant().plus(tier.delay());
        Variables.HELD.set(exchange, round);
        Variables.CONCLUSION.set(exchange, new Conclusion.Later(tier, due, attempt.pinnedHop(), null, why));
        LastAttempt.tellOf(exchange);
    }
}
