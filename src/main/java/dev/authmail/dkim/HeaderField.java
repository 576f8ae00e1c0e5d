package dev.authmail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where one header field lies in the octets of a message. RFC 5322 §2.2.
 *
 * @param name in lower case; empty for a line that is no field
 * @param from the offset of its first octet
 * @param to the offset after its last octet, without the final CRLF
 */
record HeaderField(String name, int from, int to) {
    static HeaderField at(byte[] octets, int from, int to) {
        int colon = from;
        while (colon < to && octets[colon] != ':') {
            colon++;
        }
        return new HeaderField(colon < to ? lowerCaseName(octets, from, colon) : "", from, to);
    }

    /** Names are ASCII; the locale of the machine has no say in them. */
    static String lowerCaseName(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && Octets.isWsp(octets[end - 1])) {
            end--;
        }
        return new String(octets, from, end - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
