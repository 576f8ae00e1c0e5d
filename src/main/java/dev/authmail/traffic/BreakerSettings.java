package dev.authmail.traffic;

import java.time.Duration;

/**
 * When a server that fails is passed by.
 *
 * @param failures how many in a row open its breaker, silence counting for half of them; 0: it is never passed by
 * @param open how long it is passed by at first; each failed probe doubles it
 * @param longest how long it is passed by at most, before it is probed again
 */
public record BreakerSettings(int failures, Duration open, Duration longest) {
    public BreakerSettings {
        if (failures < 0 || !open.isPositive() || longest.compareTo(open) < 0) {
            throw new IllegalArgumentException(
                    "the breaker opens after " + failures + " failures for " + open + " up to " + longest
                            + "; the first must not be negative, the times rise and are longer than zero");
        }
    }

    /** Five in a row; 10 s, doubling to 2 min. */
    public static BreakerSettings defaults() {
        return new BreakerSettings(5, Duration.ofSeconds(10), Duration.ofMinutes(2));
    }
}
