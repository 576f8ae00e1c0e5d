package dev.authmail.smtp;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A moment after which nobody waits any longer, on the monotonic clock.
 *
 * @param nanoTime the moment, in the terms of {@link System#nanoTime()}
 * @param withdrawn whether nothing may be sent any more, whatever time is left; what was sent is still waited for
 */
public record Deadline(long nanoTime, BooleanSupplier withdrawn) {
    /** The moment that lies so far ahead. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), () -> false);
    }

    /** The same moment, unless that becomes true before. */
    public Deadline unless(BooleanSupplier becomesTrue) {
        return new Deadline(nanoTime, becomesTrue);
    }

    /** What is left, zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether nothing may be begun any more. */
    public boolean hasPassed() {
        return remaining().isZero() || isWithdrawn();
    }

    /** Whether nothing may be sent any more. */
    boolean isWithdrawn() {
        return withdrawn.getAsBoolean();
    }

    /** The nearer of this and the moment that lies so far ahead. */
    public Deadline orIn(Duration time) {
        Deadline other = in(time).unless(withdrawn);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
