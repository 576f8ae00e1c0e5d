package dev.authmail.smtp;

import java.time.Duration;

/**
 * A moment after which nobody waits any longer, on the monotonic clock.
 *
 * @param nanoTime the moment, in the terms of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /** The moment that lies so far ahead. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return remaining().isZero();
    }

    /** The nearer of this and the moment that lies so far ahead. */
    public Deadline orIn(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
