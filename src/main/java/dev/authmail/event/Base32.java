package dev.authmail.event;

import java.util.Locale;
import java.util.Optional;

/** Base32 of RFC 4648 §6 in lower case, without padding: survives systems that change the case of an address. */
public final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    /** Eight characters for five octets. */
    public static String encode(byte[] octets) {
        var out = new StringBuilder((octets.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte octet : octets) {
            buffer = (buffer << 8) | (octet & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                out.append(ALPHABET.charAt((buffer >> (bits - 5)) & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            out.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
        }
        return out.toString();
    }

    /**
     * The octets of a text in either case; empty if it is not what {@link #encode} writes, spare bits included, so that
     * one value has one text.
     */
    public static Optional<byte[]> decode(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var octets = new byte[lower.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (int i = 0; i < lower.length(); i++) {
            int digit = ALPHABET.indexOf(lower.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            buffer = (buffer << 5) | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                octets[next++] = (byte) (buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return encode(octets).equals(lower) ? Optional.of(octets) : Optional.empty();
    }
}
