package dev.authmail.traffic;

import java.time.Duration;

/**
 * How long a provider that refused us for good is closed.
 *
 * @param first after the first refusal; each that follows in a row doubles it
 * @param longest at most
 * @param delay how much later than others this replica takes the turn to probe
 */
public record ClosureSettings(Duration first, Duration longest, Duration delay) {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    public ClosureSettings {
        if (!first.isPositive() || longest.compareTo(first) < 0 || delay.isNegative()) {
            throw new IllegalArgumentException("a provider that refuses us is closed for " + first + " up to " + longest
                    + "; the first must be longer than zero, and the other not shorter");
        }
    }

    /** An hour, doubling to a day. */
    public static ClosureSettings defaults() {
        return new ClosureSettings(Duration.ofHours(1), Duration.ofHours(24), Duration.ZERO);
    }

    /** Between two probes that proved nothing. */
    Duration pause() {
        Duration tenth = first.dividedBy(10);
        return tenth.compareTo(PAUSE) < 0 ? tenth : PAUSE;
    }

    Duration length(int times) {
        Duration length = first;
        for (int i = 1; i < times && length.compareTo(longest) < 0; i++) {
            length = length.multipliedBy(2);
        }
        return length.compareTo(longest) > 0 ? longest : length;
    }
}
