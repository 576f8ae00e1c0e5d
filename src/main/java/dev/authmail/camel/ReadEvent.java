package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventReader;
import dev.authmail.event.EventReading;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.Replay;
import dev.authmail.outcome.RetryHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Reads and checks the event, and says which attempt this is and until when there may be another. */
public final class ReadEvent implements Processor {
    private final EventReader reader;
    private final RetryTopics retryTopics;
    private final Duration deadline;
    private final Clock clock;

    /**
     * @param reader of events
     * @param retryTopics tells retry records, which may carry headers of ours, from others, which may not
     * @param deadline after the event time, no further attempt is made
     * @param clock tells the time
     */
    public ReadEvent(EventReader reader, RetryTopics retryTopics, Duration deadline, Clock clock) {
        this.reader = reader;
        this.retryTopics = retryTopics;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        Instant now = clock.instant();
        RetryHeaders retry = retryTopics.contains(record.topic()) ? RetryHeaders.read(record::header, now) : null;
        switch (read(record, retry)) {
            case EventReading.Read read -> accept(exchange, read.event(), retry, now);
            case EventReading.Refused refused -> {
                Variables.EVENT_ID.set(exchange, refused.id());
                if (refused.userId() != null) {
                    Variables.USER_ID.set(exchange, refused.userId());
                }
                throw refusal(reason(refused.reason()), refused.detail());
            }
        }
    }

    private EventReading read(SourceRecord record, @Nullable RetryHeaders retry) {
        return retry == null ? reader.read(record) : reader.read(record, retry.event(), retry.received());
    }

    private void accept(Exchange exchange, RegistrationEvent event, @Nullable RetryHeaders retry, Instant now) {
        Variables.EVENT_ID.set(exchange, event.id());
        Variables.USER_ID.set(exchange, event.userId());
        Variables.EVENT.set(exchange, event);
        Variables.KIND.set(exchange, event.kind().name().toLowerCase(Locale.ROOT));
        Variables.ATTEMPT.set(exchange, attempt(event, retry, now));
    }

    private Attempt attempt(RegistrationEvent event, @Nullable RetryHeaders retry, Instant now) {
        if (retry == null) {
            return new Attempt(1, now, now, event.time().plus(deadline), null, List.of());
        }
        Replay replay = retry.replay();
        Instant limit = (replay == null ? event.time() : replay.at()).plus(deadline);
        Instant first = retry.firstAttempt() == null ? now : retry.firstAttempt();
        return new Attempt(retry.attempts() + 1, first, now, limit, retry.pinnedHop(), List.of());
    }

    private static Reason reason(EventReading.Reason reason) {
        return switch (reason) {
            case INVALID_EVENT -> Reason.INVALID_EVENT;
            case INVALID_ADDRESS -> Reason.INVALID_ADDRESS;
        };
    }

    private static MailRefusedException refusal(Reason reason, String detail) {
        UserState state = reason == Reason.INVALID_ADDRESS ? UserState.ADDRESS_UNKNOWN : UserState.OUR_FAULT;
        return new MailRefusedException(new Conclusion.GivenUp(reason, Fault.EVENT, state, detail));
    }
}
