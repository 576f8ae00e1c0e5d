package dev.authmail.mime;

import java.io.ByteArrayOutputStream;

/** Undoes transfer encodings and forgives what is wrong in them. RFC 2045 §6. */
final class TransferEncoding {
    private static final byte[] SEXTETS = sextets();
    private static final byte NONE = -1;

    private TransferEncoding() {}

    /** @param encoding lower case; an unknown one leaves the octets as they are */
    static byte[] decode(String encoding, byte[] octets) {
        return switch (encoding) {
            case "base64" -> base64(octets);
            case "quoted-printable" -> quotedPrintable(octets);
            default -> octets;
        };
    }

    /** Characters that are not of the alphabet are passed over; padding begins anew, as where two encodings were joined. */
    static byte[] base64(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length * 3 / 4 + 3);
        int bits = 0;
        int count = 0;
        for (byte octet : octets) {
            byte sextet = octet < 0 ? NONE : SEXTETS[octet];
            if (octet == '=') {
                bits = 0;
                count = 0;
            } else if (sextet != NONE) {
                bits = bits << 6 | sextet;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    out.write(bits >> count);
                }
            }
        }
        return out.toByteArray();
    }

    static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '=') {
                out.write(octets[i]);
                continue;
            }
            int end = softBreak(octets, i + 1);
            if (end >= 0) {
                i = end;
            } else if (i + 2 < octets.length && digit(octets[i + 1]) >= 0 && digit(octets[i + 2]) >= 0) {
                out.write(digit(octets[i + 1]) << 4 | digit(octets[i + 2]));
                i += 2;
            } else {
                out.write('=');
            }
        }
        return out.toByteArray();
    }

    /** The place of the line's end when only spaces stand before it, else -1. */
    private static int softBreak(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '\n') {
                return i;
            }
            if (octets[i] != ' ' && octets[i] != '\t' && octets[i] != '\r') {
                return -1;
            }
        }
        return octets.length - 1;
    }

    private static int digit(byte octet) {
        return Character.digit(octet, 16);
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        java.util.Arrays.fill(sextets, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        return sextets;
    }
}
