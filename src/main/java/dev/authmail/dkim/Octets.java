package dev.authmail.dkim;

/** The few octets that canonicalization is about. RFC 6376 §2.8. */
final class Octets {
    static final byte[] CRLF = {'\r', '\n'};
    static final byte[] SPACE = {' '};

    private Octets() {}

    static boolean isCrlf(byte[] octets, int at) {
        return at + 1 < octets.length && octets[at] == '\r' && octets[at + 1] == '\n';
    }

    static boolean isWsp(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Where the line that begins at {@code from} ends: the offset of its CRLF, or {@code to}. */
    static int lineEnd(byte[] octets, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                return i;
            }
        }
        return to;
    }
}
