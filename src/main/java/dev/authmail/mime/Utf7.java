package dev.authmail.mime;

import java.nio.charset.StandardCharsets;

/** Reads UTF-7, which the JDK does not know. RFC 2152. */
final class Utf7 {
    private Utf7() {}

    static String decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '+') {
                out.append(c);
                continue;
            }
            int end = i;
            while (end < text.length() && isBase64(text.charAt(end))) {
                end++;
            }
            boolean dash = end < text.length() && text.charAt(end) == '-';
            if (end == i) {
                out.append('+');
            } else {
                byte[] octets = TransferEncoding.base64(text.substring(i, end).getBytes(StandardCharsets.US_ASCII));
                // An odd octet at the end holds nothing but the bits that fill up.
                out.append(new String(octets, 0, octets.length & ~1, StandardCharsets.UTF_16BE));
            }
            i = dash ? end + 1 : end;
        }
        return out.toString();
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
