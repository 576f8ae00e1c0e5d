package dev.authmail.hold;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of each day in which mails wait, such as the night.
 *
 * @param from when it begins
 * @param to when it ends, on the next day when that is earlier
 * @param zone where these times hold
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    /** No mail waits longer, so no older days are looked at. */
    private static final Duration LONGEST = Duration.ofDays(31);

    /** @throws IllegalArgumentException when it has no length */
    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("it begins and ends at " + from + "; write 22:00-07:00");
        }
    }

    /**
     * Reads {@code 22:00-07:00}.
     *
     * @throws IllegalArgumentException saying what to write
     */
    public static QuietHours parse(String text, ZoneId zone) {
        String[] times = text.split("-", -1);
        try {
            if (times.length == 2) {
                return new QuietHours(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip()), zone);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not from-to; write 22:00-07:00", e);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not from-to; write 22:00-07:00");
    }

    /** Whether a moment is in them. */
    public boolean include(Instant moment) {
        return !between(moment, moment.plusNanos(1)).isZero();
    }

    /** How much of the time between two moments is in them; of the last 31 days. */
    public Duration between(Instant since, Instant until) {
        Instant start = since.isBefore(until.minus(LONGEST)) ? until.minus(LONGEST) : since;
        LocalDate first = start.atZone(zone).toLocalDate().minusDays(1);
        LocalDate last = until.atZone(zone).toLocalDate();
        Stream<Periods.Period> each =
                first.datesUntil(last.plusDays(1)).map(day -> new Periods.Period(at(day, from), at(end(day), to)));
        return Periods.of(each.toList())
                .and(Periods.of(List.of(new Periods.Period(start, until))))
                .length();
    }

    private LocalDate end(LocalDate day) {
        return to.isAfter(from) ? day : day.plusDays(1);
    }

    private Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant();
    }

    /** {@code 22:00-07:00 Asia/Tokyo}. */
    @Override
    public String toString() {
        return from + "-" + to + " " + zone;
    }
}
