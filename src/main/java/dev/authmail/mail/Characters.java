package dev.authmail.mail;

/** What characters may stand where in a message. */
final class Characters {
    private Characters() {}

    /**
     * One line without control characters: each run of blanks, line ends and controls becomes one space. An ideographic
     * space alone stays. What is no character (half a surrogate pair) becomes U+FFFD.
     */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && !line.isEmpty()) {
                line.append(' ');
            }
            blank = false;
            line.appendCodePoint(isHalfPair(c) ? 0xFFFD : c);
        }
        return line.toString();
    }

    private static boolean isBlank(int c) {
        return c == ' ' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private static boolean isHalfPair(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** Whether all is ASCII that can be printed, SP included. */
    static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /** Whether all is ASCII that can be printed, SP excluded, and there is something. */
    static boolean isVisibleAscii(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
