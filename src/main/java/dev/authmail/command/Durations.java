package dev.authmail.command;

import java.time.Duration;

/** A length of time as people write it: {@code 14d}, {@code 36h}, {@code 30s}. */
final class Durations {
    private Durations() {}

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
