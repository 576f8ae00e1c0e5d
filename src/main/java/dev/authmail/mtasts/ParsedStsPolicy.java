package dev.authmail.mtasts;

/** What became of reading a policy. RFC 8461 §3.2. */
public sealed interface ParsedStsPolicy {
    /** It is one. */
    record Valid(StsPolicy policy) implements ParsedStsPolicy {}

    /**
     * It is none.
     *
     * @param rule the rule that is broken, as the end of a sentence
     */
    record Invalid(String rule) implements ParsedStsPolicy {}
}
