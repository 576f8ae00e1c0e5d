package dev.authmail.suppression;

import dev.authmail.address.MailAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The suppressed addresses as this process knows them: all of the topic that have not ended. Thread-safe. */
public final class Suppressions {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final @Nullable SuppressionKeys keys;
    private final Clock clock;
    private final Map<String, Suppression> byKey = new ConcurrentHashMap<>();

    /**
     * @param keys make an address a key; null when no address is ever suppressed
     * @param clock tells what has ended
     */
    public Suppressions(@Nullable SuppressionKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Takes a record of the topic; what is none of ours changes nothing. A value of null, a tombstone, lifts. */
    public void learn(String key, byte @Nullable [] value) {
        if (!KEY.matcher(key).matches()) {
            return;
        }
        if (value == null) {
            byKey.remove(key);
        } else {
            Suppression.fromJson(value).ifPresent(entry -> learn(key, entry));
        }
    }

    /** Takes an entry that Kafka has acknowledged. */
    public void learn(String key, Suppression entry) {
        if (entry.holdsAt(clock.instant())) {
            byKey.put(key, entry);
        } else {
            byKey.remove(key);
        }
    }

    /** The key under which an address can be suppressed; empty when none ever is. */
    public Optional<String> key(MailAddress address) {
        return Optional.ofNullable(keys).map(k -> k.key(address));
    }

    /** Every key under which an address can have been suppressed, the newest first. */
    public List<String> keys(MailAddress address) {
        return keys == null ? List.of() : keys.keys(address);
    }

    /** The suppression that is in force for an address. */
    public Optional<Suppression> of(MailAddress address) {
        for (String key : keys(address)) {
            Suppression entry = byKey.get(key);
            if (entry != null && entry.holdsAt(clock.instant())) {
                return Optional.of(entry);
            }
            if (entry != null) {
                byKey.remove(key, entry);
            }
        }
        return Optional.empty();
    }

    /** How many addresses are suppressed; some may have ended and not been asked for since. */
    public int size() {
        return byKey.size();
    }
}
