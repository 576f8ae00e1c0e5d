package dev.authmail.spf;

import java.util.Locale;

/** What {@code check_host()} says. RFC 7208 §2.6. */
public enum SpfResult {
    /** The domain publishes nothing. */
    NONE,
    /** The domain says nothing about this address. */
    NEUTRAL,
    /** The address may send for the domain. */
    PASS,
    /** It may not. */
    FAIL,
    /** It probably may not. */
    SOFTFAIL,
    /** The DNS did not answer: try later. */
    TEMPERROR,
    /** The records cannot be understood, or break a limit. */
    PERMERROR;

    /** The word in records and in {@code Authentication-Results}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
