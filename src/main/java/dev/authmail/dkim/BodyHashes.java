package dev.authmail.dkim;

import java.util.HashMap;
import java.util.Map;

/** The body hashes of one message, each computed once: several signatures mostly share one. */
final class BodyHashes {
    private final MessageOctets message;
    private final Map<Key, BodyHash> computed = new HashMap<>();

    BodyHashes(MessageOctets message) {
        this.message = message;
    }

    BodyHash of(Canonicalization form, long limit) {
        return computed.computeIfAbsent(new Key(form, limit), key -> BodyHash.of(message, key.form(), key.limit()));
    }

    private record Key(Canonicalization form, long limit) {}
}
