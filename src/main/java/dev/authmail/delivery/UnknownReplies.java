package dev.authmail.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of replies that no rule knows, those seen last, so that rules can be written. Thread-safe; 200 at most. */
public final class UnknownReplies {
    private static final int MAX_KINDS = 200;

    private final Clock clock;
    private final Map<UnknownReply, Seen> kinds = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * How often a kind was seen.
     *
     * @param reply the kind
     * @param count since it is in the list
     * @param first when it came into the list
     * @param last when it was seen last
     */
    public record Seen(UnknownReply reply, long count, Instant first, Instant last) {}

    public UnknownReplies(Clock clock) {
        this.clock = clock;
    }

    /** Counts a reply and says whether its kind was not in the list. */
    public synchronized boolean isNew(UnknownReply reply) {
        Instant now = clock.instant();
        Seen seen = kinds.merge(
                reply, new Seen(reply, 1, now, now), (old, one) -> new Seen(reply, old.count() + 1, old.first(), now));
        if (kinds.size() > MAX_KINDS) {
            kinds.remove(kinds.keySet().iterator().next());
        }
        return seen.count() == 1;
    }

    /** The list, the last seen first. */
    public synchronized List<Seen> list() {
        return new ArrayList<>(kinds.values()).reversed();
    }
}
