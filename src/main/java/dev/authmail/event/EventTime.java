package dev.authmail.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When an event happened: what it says itself, as long as the record makes that credible. */
final class EventTime {
    private static final Duration CREDIBLE = Duration.ofHours(24);

    private EventTime() {}

    /**
     * The event time.
     *
     * @param claimed CloudEvents {@code time}, RFC 3339
     * @param recorded the timestamp of the first record
     * @return the claim when it lies within the 24 h before the record, else the record's time
     */
    static Instant of(@Nullable String claimed, Instant recorded) {
        if (claimed == null) {
            return recorded;
        }
        try {
            var time = OffsetDateTime.parse(claimed).toInstant();
            boolean credible = !time.isAfter(recorded) && !time.isBefore(recorded.minus(CREDIBLE));
            return credible ? time : recorded;
        } catch (DateTimeException e) {
            return recorded;
        }
    }
}
