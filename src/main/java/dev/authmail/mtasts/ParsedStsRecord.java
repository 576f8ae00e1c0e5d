package dev.authmail.mtasts;

/** What became of reading the TXT records at {@code _mta-sts}. RFC 8461 §3.1. */
public sealed interface ParsedStsRecord {
    /** A policy is announced. */
    record Valid(StsRecord record) implements ParsedStsRecord {}

    /**
     * None is announced in a way that counts; the sender goes on as if there were none.
     *
     * @param rule the rule that is broken, as the end of a sentence
     */
    record Invalid(String rule) implements ParsedStsRecord {}
}
