package dev.authmail.outcome;

import dev.authmail.event.EventId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a retry record says of the attempts before it, checked. Only authmail may write to the retry topics; a value out
 * of range is taken as not given, so that a damaged header costs no mail.
 *
 * @param event the identity of the event, if given
 * @param source the position of the event's first record, if given
 * @param received the timestamp of that record, if given
 * @param attempts attempts made so far, at least 1; 0 is possible when it is held or replayed
 * @param firstAttempt when the first began, if given
 * @param lastAttempt when the last began, if given
 * @param pinnedHop the only hop that may be tried, if any
 * @param held how many times in a row it was put back because of a hold, without an attempt
 * @param replay when the event was a dead letter before
 */
public record RetryHeaders(
        @Nullable EventId event,
        @Nullable String source,
        @Nullable Instant received,
        int attempts,
        @Nullable Instant firstAttempt,
        @Nullable Instant lastAttempt,
        @Nullable String pinnedHop,
        int held,
        @Nullable Replay replay) {
    private static final int MOST_ATTEMPTS = 10_000;
    private static final int MOST_HELD = 99_999;
    private static final Pattern POSITION = Pattern.compile("[A-Za-z0-9._-]{1,249}-\\d{1,10}@\\d{1,19}");
    private static final Pattern HOP = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern REPLAY = Pattern.compile("[A-Za-z0-9._@-]{1,300}");

    /**
     * Reads the headers.
     *
     * @param header gives the value of a header, or null
     * @param now nothing has begun later
     */
    public static RetryHeaders read(Function<String, @Nullable String> header, Instant now) {
        Replay replay = replay(header, now);
        int held = number(header.apply(ReportHeaders.HELD), 0, MOST_HELD);
        return new RetryHeaders(
                event(header.apply(ReportHeaders.EVENT_ID)),
                matching(POSITION, header.apply(ReportHeaders.SOURCE)),
                past(header.apply(ReportHeaders.RECEIVED), now),
                number(header.apply(ReportHeaders.ATTEMPTS), held > 0 || replay != null ? 0 : 1, MOST_ATTEMPTS),
                past(header.apply(ReportHeaders.FIRST_ATTEMPT), now),
                past(header.apply(ReportHeaders.LAST_ATTEMPT), now),
                matching(HOP, header.apply(ReportHeaders.PINNED_HOP)),
                held,
                replay);
    }

    /** The moment in a header, if there is one that can be read. */
    public static Optional<Instant> instant(@Nullable String value) {
        try {
            return value == null || value.length() > 40 ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeException notRfc3339) {
            return Optional.empty();
        }
    }

    private static @Nullable EventId event(@Nullable String value) {
        return value == null ? null : EventId.parse(value).orElse(null);
    }

    private static @Nullable Instant past(@Nullable String value, Instant now) {
        return instant(value)
                .filter(time -> time.isAfter(Instant.EPOCH) && !time.isAfter(now))
                .orElse(null);
    }

    private static int number(@Nullable String value, int least, int most) {
        if (value == null || !value.matches("\\d{1,5}")) {
            return least;
        }
        return Math.clamp(Integer.parseInt(value), least, most);
    }

    private static @Nullable Replay replay(Function<String, @Nullable String> header, Instant now) {
        String id = matching(REPLAY, header.apply(ReportHeaders.REPLAY));
        Instant at = past(header.apply(ReportHeaders.REPLAYED), now);
        return id == null ? null : new Replay(id, at == null ? now : at);
    }

    private static @Nullable String matching(Pattern pattern, @Nullable String value) {
        return value != null && pattern.matcher(value).matches() ? value : null;
    }
}
