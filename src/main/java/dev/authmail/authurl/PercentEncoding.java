package dev.authmail.authurl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Percent-encoding of a value, in the one form that is signed. RFC 3986 §2.1, §2.3. */
final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** Everything but the unreserved characters as upper-case hex of its UTF-8 octets. */
    static String encode(String value) {
        var out = new StringBuilder(value.length() * 3);
        for (byte octet : value.getBytes(UTF_8)) {
            if (isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(byte c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
