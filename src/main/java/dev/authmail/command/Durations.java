package dev.authmail.command;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 14d}, {@code 36h}, {@code 30s}. */
final class Durations {
    private static final Pattern WORDS = Pattern.compile("([0-9]{1,8})([smhd])");
    private static final Map<Character, ChronoUnit> UNITS =
            Map.of('s', ChronoUnit.SECONDS, 'm', ChronoUnit.MINUTES, 'h', ChronoUnit.HOURS, 'd', ChronoUnit.DAYS);
    private static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    /** What people wrote; empty when it is no such thing, or longer than a year. */
    static Optional<Duration> parse(String text) {
        Matcher words = WORDS.matcher(text);
        if (!words.matches()) {
            return Optional.empty();
        }
        Duration time = Duration.of(
                Long.parseLong(words.group(1)),
                Objects.requireNonNull(UNITS.get(words.group(2).charAt(0))));
        return time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(time);
    }

    /** @param millis as Kafka has it; below 0 for ever */
    static String text(long millis) {
        if (millis < 0) {
            return "for ever";
        }
        Duration time = Duration.ofMillis(millis);
        if (time.toSeconds() % 86_400 == 0) {
            return time.toDays() + "d";
        }
        return time.toSeconds() % 3_600 == 0 ? time.toHours() + "h" : time.toSeconds() + "s";
    }
}
