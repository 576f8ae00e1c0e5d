package dev.authmail.dkim;

import java.util.Base64;
import java.util.Optional;

/** Base64 as tags carry it: white space anywhere, and nothing else beside it. RFC 6376 §3.5, RFC 4648 §4. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(TagList.withoutSpace(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
