package dev.authmail.outcome;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last outcomes that were not what people wait for, for a page that shows them. Thread-safe, bounded. */
public final class LastFailures {
    private static final int MOST = 30;

    private final Deque<Failure> newestFirst = new ArrayDeque<>();

    /**
     * One of them.
     *
     * @param at when it was told
     * @param type what became of the event
     * @param report what is known
     */
    public record Failure(Instant at, OutcomeType type, Report report) {}

    /** Keeps an outcome, unless the mail was accepted or none was wanted. */
    public synchronized void add(Instant at, OutcomeType type, Report report) {
        if (type == OutcomeType.ACCEPTED || type == OutcomeType.IGNORED) {
            return;
        }
        newestFirst.addFirst(new Failure(at, type, report));
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    /** The newest first. */
    public synchronized List<Failure> list() {
        return List.copyOf(newestFirst);
    }
}
