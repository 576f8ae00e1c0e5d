package dev.authmail.tlsrpt;

/** What became of reading a TXT record at {@code _smtp._tls}. RFC 8460 §3. */
public sealed interface ParsedTlsRptRecord {
    /** Reports are wanted. */
    record Valid(TlsRptRecord record) implements ParsedTlsRptRecord {}

    /**
     * It does not say where reports are to go.
     *
     * @param rule the rule that is broken, as the end of a sentence
     */
    record Invalid(String rule) implements ParsedTlsRptRecord {}
}
