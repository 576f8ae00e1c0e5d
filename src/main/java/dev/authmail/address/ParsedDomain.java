package dev.authmail.address;

/** What became of a text that should be a domain name. */
public sealed interface ParsedDomain {
    /**
     * It is one.
     *
     * @param domain the domain, as lower-case A-labels
     */
    record Valid(Domain domain) implements ParsedDomain {}

    /**
     * It is none.
     *
     * @param rule the rule that the text breaks, as the end of a sentence; never the text itself
     */
    record Invalid(String rule) implements ParsedDomain {}
}
