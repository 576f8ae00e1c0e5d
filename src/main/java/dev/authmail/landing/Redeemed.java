package dev.authmail.landing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The links that were redeemed, as the topic of confirmed addresses tells, until they would have expired anyway. Bounded:
 * of more than the limit the oldest is forgotten. Thread-safe.
 */
public final class Redeemed {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_KEY_CHARS = 64;

    private final Map<String, Instant> expiryById;
    private final Clock clock;

    /**
     * @param maxEntries how many are known at most
     * @param clock tells which have expired
     */
    public Redeemed(int maxEntries, Clock clock) {
        this.clock = clock;
        this.expiryById = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** Takes a record of the topic; one that is none of ours changes nothing. */
    public synchronized void learn(String id, byte @Nullable [] value) {
        if (value == null || id.isEmpty() || id.length() > MAX_KEY_CHARS) {
            return;
        }
        try {
            Instant expires = Instant.parse(
                    JSON.readTree(value).path("data").path("linkExpires").asString(""));
            if (clock.instant().isBefore(expires)) {
                forgetExpired();
                expiryById.put(id, expires);
            }
        } catch (JacksonException | DateTimeException notOurs) {
            return;
        }
    }

    /** Whether a link was redeemed. */
    public synchronized boolean contains(String id) {
        return expiryById.containsKey(id);
    }

    /** Redeems a link. @return false when it was redeemed before */
    synchronized boolean redeem(String id, Instant expires) {
        forgetExpired();
        return expiryById.putIfAbsent(id, expires) == null;
    }

    /** The oldest first, for links live about equally long. */
    private void forgetExpired() {
        Iterator<Instant> oldest = expiryById.values().iterator();
        while (oldest.hasNext() && !clock.instant().isBefore(oldest.next())) {
            oldest.remove();
        }
    }
}
