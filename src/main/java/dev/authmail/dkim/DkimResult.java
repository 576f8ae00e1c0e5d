package dev.authmail.dkim;

import java.util.Locale;

/** What came of verifying. The words of RFC 8601 §2.7.1. */
public enum DkimResult {
    /** The signature is good. */
    PASS,
    /** The signature was checked and is not good: body or signed fields were changed, or the key is another. */
    FAIL,
    /** It could not be checked and never will: malformed, expired, no key, a key or algorithm that must not be used. */
    PERMERROR,
    /** It could not be checked now: the DNS did not answer. */
    TEMPERROR,
    /** There is no signature. */
    NONE;

    /** The word in records and in {@code Authentication-Results}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
