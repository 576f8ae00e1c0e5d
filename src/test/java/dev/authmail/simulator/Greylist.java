package dev.authmail.simulator;

import dev.authmail.testkit.Happening;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Holds for the first time of each sender and recipient, and again until some time has passed. RFC 6647 §2.3. */
final class Greylist implements Predicate<Happening> {
    private final long nanos;
    private final Map<String, Long> firstSeen = new HashMap<>();

    Greylist(Duration wait) {
        this.nanos = wait.toNanos();
    }

    @Override
    public synchronized boolean test(Happening happening) {
        long now = System.nanoTime();
        Long first = firstSeen.putIfAbsent(happening.sender() + " " + happening.command(), now);
        return first == null || now - first < nanos;
    }
}
