package dev.authmail.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Answers that are still good; the one that was used longest ago makes room for another. Thread-safe. */
final class AnswerCache {
    private final Map<Question, Known> entries;

    private record Question(Name name, int type) {}

    /**
     * An answer and how long it is good.
     *
     * @param exists whether the name does
     * @param end in the terms of {@link System#nanoTime()}
     */
    record Known(Lookup.Answer answer, boolean exists, long end) {
        static Known of(Lookup.Answer answer, boolean exists, Duration ttl) {
            return new Known(answer, exists, System.nanoTime() + ttl.toNanos());
        }

        private boolean isGood() {
            return end - System.nanoTime() > 0;
        }
    }

    AnswerCache(int maxEntries) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Known> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** What is known, if it is still good. */
    synchronized Optional<Known> get(Name name, int type) {
        return Optional.ofNullable(entries.get(new Question(name, type))).filter(Known::isGood);
    }

    synchronized void put(Name name, int type, Known entry) {
        entries.put(new Question(name, type), entry);
    }
}
