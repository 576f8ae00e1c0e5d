package dev.authmail.reports;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What octets are, by how they begin. RFC 1952 §2.3.1, PKWARE APPNOTE §4.3.7. */
enum Format {
    GZIP,
    ZIP,
    XML,
    JSON,
    OTHER;

    private static final int LOOK = 64;

    static Format of(byte[] octets) {
        if (startsWith(octets, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (startsWith(octets, 'P', 'K')) {
            return ZIP;
        }
        return switch (firstVisible(octets)) {
            case '<' -> XML;
            case '{' -> JSON;
            default -> OTHER;
        };
    }

    private static boolean startsWith(byte[] octets, int first, int second) {
        return octets.length > 2 && (octets[0] & 0xff) == first && (octets[1] & 0xff) == second;
    }

    /** Byte order marks and the zeros of UTF-16 do not count. */
    private static int firstVisible(byte[] octets) {
        for (int i = 0; i < Math.min(octets.length, LOOK); i++) {
            int octet = octets[i] & 0xff;
            boolean mark = octet == 0xef || octet == 0xbb || octet == 0xbf || octet == 0xfe || octet == 0xff;
            if (octet > ' ' && !mark) {
                return octet;
            }
        }
        return -1;
    }

    /** Undoes base64 that the mail does not tell of. */
    static byte[] decoded(byte[] octets) {
        String head = new String(octets, 0, Math.min(octets.length, LOOK), StandardCharsets.ISO_8859_1).strip();
        // gzip and zip begin so in base64.
        if (!head.startsWith("H4sI") && !head.startsWith("UEsDB")) {
            return octets;
        }
        try {
            return Base64.getMimeDecoder().decode(octets);
        } catch (IllegalArgumentException e) {
            return octets;
        }
    }
}
