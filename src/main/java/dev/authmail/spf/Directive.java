package dev.authmail.spf;

/**
 * A mechanism and what its match means. RFC 7208 §4.6.1.
 *
 * @param text as written in the record
 */
record Directive(Qualifier qualifier, Mechanism mechanism, String text) {}
