package dev.authmail.address;

/** What became of a text that should be an address. */
public sealed interface ParsedAddress {
    /**
     * It is one.
     *
     * @param address the address, normalised
     */
    record Valid(MailAddress address) implements ParsedAddress {}

    /**
     * It is none.
     *
     * @param rule the rule that the text breaks, as the end of a sentence; never the text itself
     */
    record Invalid(String rule) implements ParsedAddress {}
}
