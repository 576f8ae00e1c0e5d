package dev.authmail.replay;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** So many turns a second, evenly; time lost is not made up for. */
final class Pace {
    private final long interval;
    private long next = System.nanoTime();

    Pace(int perSecond) {
        interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Waits for the next turn. */
    void await() {
        long now = System.nanoTime();
        try {
            TimeUnit.NANOSECONDS.sleep(next - now);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        next = Math.max(now, next) + interval;
    }
}
