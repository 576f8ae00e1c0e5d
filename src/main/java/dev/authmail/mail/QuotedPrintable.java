package dev.authmail.mail;

import java.util.Arrays;

/** Quoted-printable, RFC 2045 §6.7: lines of at most 76, nothing but ASCII, line ends as CRLF. */
final class QuotedPrintable {
    static final String HEX = "0123456789ABCDEF";
    private static final int MAX_LINE = 76;

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
    private static final boolean[] PLAIN = plain();

    private QuotedPrintable() {}

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, ' ', 0x7F, true);
        plain['\t'] = true;
        plain['='] = false;
        return plain;
    }

    private static boolean isPlain(byte octet) {
        return PLAIN[octet & 0xFF];
    }

    /** How long the encoding is at least, soft line breaks not counted. */
    static int minLength(byte[] text) {
        int escaped = 0;
        for (byte octet : text) {
            escaped += isPlain(octet) || octet == '\r' || octet == '\n' ? 0 : 1;
        }
        return text.length + 2 * escaped;
    }

    /** @param text lines that end in CRLF, without other CR or LF */
    static void encode(byte[] text, Octets out) {
        int column = 0;
        int at = 0;
        while (at < text.length) {
            if (text[at] == '\r') {
                out.crlf();
                column = 0;
                at += 2;
                continue;
            }
            int end = endOfRun(text, at, column);
            if (end > at) {
                out.add(text, at, end - at);
                column += end - at;
                at = end;
            } else {
                column = writeOne(text, at++, column, out);
            }
        }
    }

    /** The end of the octets from here on that can stand as they are on this line. */
    private static int endOfRun(byte[] text, int start, int column) {
        if (column == 0 && isRiskyAtStart(text, start)) {
            return start;
        }
        // The last column is the soft line break's.
        int limit = Math.min(text.length, start + MAX_LINE - 1 - column);
        int end = start;
        while (end < limit && isPlain(text[end])) {
            end++;
        }
        return end > start && isTrailingBlank(text, end - 1) ? end - 1 : end;
    }

    /** Writes one octet, after a soft line break if it must, and tells the column after it. */
    private static int writeOne(byte[] text, int at, int column, Octets out) {
        boolean plain = isPlain(text[at]) && !isTrailingBlank(text, at) && !(column == 0 && isRiskyAtStart(text, at));
        int limit = isLastOfLine(text, at) ? MAX_LINE : MAX_LINE - 1;
        int start = column;
        if (start + (plain ? 1 : 3) > limit) {
            out.add('=', '\r', '\n');
            start = 0;
            plain = plain && !isRiskyAtStart(text, at);
        }
        if (plain) {
            out.add(text[at]);
            return start + 1;
        }
        out.add('=', HEX.charAt((text[at] >> 4) & 15), HEX.charAt(text[at] & 15));
        return start + 3;
    }

    // Servers that forget dot-stuffing lose a leading dot; mbox writers turn "From " into ">From ".
    private static boolean isRiskyAtStart(byte[] text, int at) {
        return text[at] == '.'
                || (text[at] == 'F' && Arrays.mismatch(text, at, Math.min(text.length, at + 5), FROM, 0, 5) < 0);
    }

    private static boolean isTrailingBlank(byte[] text, int at) {
        return (text[at] == ' ' || text[at] == '\t') && isLastOfLine(text, at);
    }

    private static boolean isLastOfLine(byte[] text, int at) {
        return at + 1 == text.length || text[at + 1] == '\r';
    }
}
