package dev.authmail.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How long people wait: from the publication of their event to the final dot of their first mail. Thread-safe. */
final class Waits {
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final AtomicLong longest = new AtomicLong();

    void begin(String recipient) {
        waiting.put(recipient, System.nanoTime());
    }

    void end(String recipient) {
        Long since = waiting.remove(recipient);
        if (since != null) {
            longest.accumulateAndGet(System.nanoTime() - since, Math::max);
        }
    }

    /** How many wait. */
    int count() {
        return waiting.size();
    }

    /** The longest wait that has ended since the last call. */
    Duration longest() {
        return Duration.ofNanos(longest.getAndSet(0));
    }
}
