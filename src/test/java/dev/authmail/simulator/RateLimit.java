package dev.authmail.simulator;

import dev.authmail.testkit.Happening;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** Holds for what is more than so many in a time; what it holds for counts too, so that pressing on does not help. */
final class RateLimit implements Predicate<Happening> {
    private final int most;
    private final long nanos;
    private final Deque<Long> times = new ArrayDeque<>();

    RateLimit(int most, Duration in) {
        this.most = most;
        this.nanos = in.toNanos();
    }

    @Override
    public synchronized boolean test(Happening happening) {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.getFirst() > nanos) {
            times.removeFirst();
        }
        times.addLast(now);
        return times.size() > most;
    }
}
