package dev.authmail.delivery;

import java.time.Duration;

/**
 * What one hop answered in an attempt, and what that means.
 *
 * @param hop the name of the hop
 * @param route which kind of way it is
 * @param result what it made of the message
 * @param decision what the answer means
 */
public record Answer(String hop, Route route, HopResult result, Decision decision) {
    /** After which a hop that was passed by may be tried; zero for others, and when waiting changes nothing. */
    Duration retryAfter() {
        return result instanceof HopResult.Skipped skipped ? skipped.retryAfter() : Duration.ZERO;
    }
}
