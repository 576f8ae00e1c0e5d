package dev.authmail.dkim;

/** What must hold before signing, or the signature would break on its way or sign the wrong thing. */
final class WellFormed {
    private WellFormed() {}

    static void check(MessageOctets message) {
        long from = message.count("from");
        if (from != 1) {
            throw new IllegalArgumentException(
                    "a mail to be signed has one From field, this has " + from + " (RFC 5322 §3.6)");
        }
        byte[] octets = message.octets();
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                // SMTP would make CRLF of it, and the signature would no longer fit. RFC 6376 §5.3.
                throw new IllegalArgumentException(
                        "a mail to be signed has CRLF lines, this has a bare LF at octet " + i);
            }
        }
        for (int i = 0; i < message.bodyStart(); i++) {
            if (octets[i] == '\r' && !Octets.isCrlf(octets, i)) {
                throw new IllegalArgumentException(
                        "a header to be signed has CRLF lines, this has a bare CR at octet " + i);
            }
        }
        if (message.fields().stream().anyMatch(f -> f.name().isEmpty())) {
            throw new IllegalArgumentException(
                    "a mail to be signed has a header line that is no field (RFC 5322 §2.2)");
        }
    }
}
