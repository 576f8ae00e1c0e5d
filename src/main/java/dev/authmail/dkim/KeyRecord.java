package dev.authmail.dkim;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A key record that obeys the rules; {@code g=} and unknown tags are ignored. RFC 6376 §3.6.1.
 *
 * @param keyType {@code k=}
 * @param key the public key
 * @param hashes {@code h=}; empty when every hash will do
 * @param services {@code s=}
 * @param flags {@code t=}
 */
record KeyRecord(String keyType, PublicKey key, List<String> hashes, List<String> services, List<String> flags) {
    KeyRecord {
        hashes = List.copyOf(hashes);
        services = List.copyOf(services);
        flags = List.copyOf(flags);
    }

    static Parsed<KeyRecord> parse(String text) {
        return TagList.parse(text).then(KeyRecord::read);
    }

    private static Parsed<KeyRecord> read(TagList tags) {
        // RFC 6376 §3.6.1: v=, when there is one, MUST come first and be DKIM1.
        if (tags.has("v")
                && !tags.tags().entrySet().iterator().next().toString().equals("v=DKIM1")) {
            return new Parsed.Bad<>("the key record does not begin with v=DKIM1");
        }
        if (!tags.has("p")) {
            return new Parsed.Bad<>("the key record has no p=");
        }
        if (tags.get("p", "").isEmpty()) {
            return new Parsed.Bad<>("the key was revoked");
        }
        return PublicKeys.read(tags.get("k", "rsa"), tags.get("p", "")).then(key -> new Parsed.Good<>(of(tags, key)));
    }

    private static KeyRecord of(TagList tags, PublicKey key) {
        return new KeyRecord(
                tags.get("k", "rsa"),
                key,
                tags.has("h") ? tags.list("h", "") : List.of(),
                tags.list("s", "*"),
                tags.list("t", ""));
    }

    /** Why this key must not be used for that signature. RFC 6376 §6.1.2. */
    Optional<String> misfit(DkimSignature signature) {
        if (!keyType.equals(signature.algorithm().keyType())) {
            return Optional.of("the key is of type " + keyType + ", the signature is not");
        }
        if (!hashes.isEmpty() && !hashes.contains("sha256")) {
            return Optional.of("the key record does not allow sha256");
        }
        if (!services.contains("*") && !services.contains("email")) {
            return Optional.of("the key record is not for mail");
        }
        if (flags.contains("s") && !signature.agentDomain().equals(signature.domain())) {
            return Optional.of("the key record (t=s) wants i= and d= to have the same domain");
        }
        return Optional.empty();
    }

    /** The domain is testing DKIM: a failure says nothing about the mail. */
    boolean isTesting() {
        return flags.contains("y");
    }
}
