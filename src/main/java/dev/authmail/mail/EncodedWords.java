package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text beyond ASCII in a header: encoded-words in UTF-8, folded. RFC 2047. A word holds whole characters and has at most
 * 75 characters; a line that holds one has at most 76 (§2).
 */
final class EncodedWords {
    private static final int MAX_WORD = 75;
    private static final int MAX_LINE = 76;
    private static final int FRAME = "=?UTF-8?Q?".length() + "?=".length();
    private static final String FOLD = "\r\n ";

    private EncodedWords() {}

    /**
     * The text as encoded-words, in B or Q, whichever is shorter.
     *
     * @param column how many characters stand on the line already
     */
    static String encode(String text, int column) {
        String q = words(text, column, Encoding.Q);
        String b = words(text, column, Encoding.B);
        return b.length() < q.length() ? b : q;
    }

    private static String words(String text, int column, Encoding encoding) {
        StringBuilder out = new StringBuilder(text.length() * 4);
        int start = 0;
        int room = Math.min(MAX_WORD, MAX_LINE - column);
        while (start < text.length()) {
            int end = encoding.fit(text, start, room - FRAME);
            if (end > start) {
                out.append("=?UTF-8?").append(encoding).append('?');
                encoding.write(text.substring(start, end), out);
                out.append("?=");
            }
            if (end < text.length()) {
                out.append(FOLD);
            }
            start = end;
            room = MAX_WORD;
        }
        return out.toString();
    }

    private enum Encoding {
        Q {
            @Override
            int cost(int utf8Octets, int qChars) {
                return qChars;
            }

            @Override
            void write(String text, StringBuilder out) {
                for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                    writeQ(octet & 0xFF, out);
                }
            }
        },
        B {
            @Override
            int cost(int utf8Octets, int qChars) {
                return (utf8Octets + 2) / 3 * 4;
            }

            @Override
            void write(String text, StringBuilder out) {
                out.append(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            }
        };

        /** How long a word's content is, given its size in UTF-8 and its size in Q. */
        abstract int cost(int utf8Octets, int qChars);

        abstract void write(String text, StringBuilder out);

        /** The end of the longest run of whole characters from start whose encoding fits. */
        int fit(String text, int start, int room) {
            int end = start;
            int utf8 = 0;
            int q = 0;
            while (end < text.length()) {
                int c = text.codePointAt(end);
                int octets = utf8Length(c);
                utf8 += octets;
                q += qLength(c, octets);
                if (cost(utf8, q) > room) {
                    break;
                }
                end += Character.charCount(c);
            }
            return end;
        }
    }

    private static int utf8Length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    private static int qLength(int c, int octets) {
        return c == ' ' || isPlainInQ(c) ? 1 : 3 * octets;
    }

    private static void writeQ(int octet, StringBuilder out) {
        if (octet == ' ') {
            out.append('_');
        } else if (isPlainInQ(octet)) {
            out.append((char) octet);
        } else {
            out.append('=')
                    .append(QuotedPrintable.HEX.charAt(octet >> 4))
                    .append(QuotedPrintable.HEX.charAt(octet & 15));
        }
    }

    // RFC 2047 §5 (3): the set that is safe in a phrase is safe everywhere.
    private static boolean isPlainInQ(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "!*+-/".indexOf(c) >= 0;
    }
}
