package dev.authmail.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What the owner of a domain wants done with mail that fails. RFC 9989 §4.7. */
public enum DmarcPolicy {
    /** Nothing. */
    NONE,
    /** It is suspicious. */
    QUARANTINE,
    /** It is not ours. */
    REJECT;

    static Optional<DmarcPolicy> of(String word) {
        for (DmarcPolicy policy : values()) {
            if (policy.word().equalsIgnoreCase(word)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /** The word in records. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
