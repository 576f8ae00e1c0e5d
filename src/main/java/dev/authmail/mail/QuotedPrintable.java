package dev.authmail.mail;

/** Quoted-printable, RFC 2045 §6.7: lines of at most 76, nothing but ASCII, line ends as CRLF. */
final class QuotedPrintable {
    static final String HEX = "0123456789ABCDEF";
    private static final int MAX_LINE = 76;

    private QuotedPrintable() {}

    /** How long the encoding is at least, soft line breaks not counted. */
    static int minLength(byte[] text) {
        int length = 0;
        for (byte octet : text) {
            length += isPlain(octet) || octet == '\r' || octet == '\n' ? 1 : 3;
        }
        return length;
    }

    /** @param text lines that end in CRLF, without other CR or LF */
    static void encode(byte[] text, Octets out) {
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte octet = text[i];
            if (octet == '\r') {
                out.crlf();
                column = 0;
                i++;
                continue;
            }
            boolean plain = isPlain(octet) && !needsCover(text, i, column);
            int width = plain ? 1 : 3;
            // The last column is the soft line break's, unless the line ends here.
            int limit = isLastOfLine(text, i) ? MAX_LINE : MAX_LINE - 1;
            if (column + width > limit) {
                out.add('=').crlf();
                column = 0;
                plain = plain && !isRiskyAtStart(text, i);
                width = plain ? 1 : 3;
            }
            write(octet, plain, out);
            column += width;
        }
    }

    private static void write(byte octet, boolean plain, Octets out) {
        if (plain) {
            out.add(octet);
        } else {
            out.add('=').add(HEX.charAt((octet >> 4) & 15)).add(HEX.charAt(octet & 15));
        }
    }

    private static boolean isPlain(byte octet) {
        return octet >= ' ' && octet < 0x7F && octet != '=' || octet == '\t';
    }

    private static boolean needsCover(byte[] text, int at, int column) {
        boolean trailingBlank = (text[at] == ' ' || text[at] == '\t') && isLastOfLine(text, at);
        return trailingBlank || column == 0 && isRiskyAtStart(text, at);
    }

    // Servers that forget dot-stuffing lose a leading dot; mbox writers turn "From " into ">From ".
    private static boolean isRiskyAtStart(byte[] text, int at) {
        return text[at] == '.' || text[at] == 'F' && startsWith(text, at, "From ");
    }

    private static boolean startsWith(byte[] text, int at, String word) {
        if (text.length - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLastOfLine(byte[] text, int at) {
        return at + 1 == text.length || text[at + 1] == '\r';
    }
}
