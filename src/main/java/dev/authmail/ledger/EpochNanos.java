package dev.authmail.ledger;

import java.time.Instant;

/** Moments as nanoseconds since 1970: exact from 1677 to 2262; what lies before or after stands at that end. */
final class EpochNanos {
    private static final long SECOND = 1_000_000_000;

    private EpochNanos() {}

    static long of(Instant moment) {
        try {
            return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), SECOND), moment.getNano());
        } catch (ArithmeticException outside) {
            return moment.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
