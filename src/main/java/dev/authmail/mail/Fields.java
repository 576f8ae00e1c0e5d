package dev.authmail.mail;

import dev.authmail.address.MailAddress;
import org.jspecify.annotations.Nullable;

/** Header fields, folded, each with its CRLF. RFC 5322 §2.2 and §3.6. */
final class Fields {
    private static final int MAX_LINE = 78;
    private static final String CRLF = "\r\n";

    private Fields() {}

    /** A field with a structured value that is short or cannot be broken. */
    static String plain(String name, String value) {
        return name + ": " + value + CRLF;
    }

    /** An unstructured field: ASCII as it is, folded at its spaces, all else as encoded-words. */
    static String unstructured(String name, String value) {
        String start = name + ": ";
        boolean asItIs = Characters.isPrintableAscii(value)
                && !value.contains("=?")
                && longestWord(value) <= MAX_LINE - start.length();
        return start + (asItIs ? fold(value, start.length()) : EncodedWords.encode(value, start.length())) + CRLF;
    }

    private static int longestWord(String value) {
        int longest = 0;
        for (String word : value.split(" ", -1)) {
            longest = Math.max(longest, word.length());
        }
        return longest;
    }

    private static String fold(String value, int start) {
        StringBuilder folded = new StringBuilder(value.length() + 16);
        int column = start;
        for (String word : value.split(" ", -1)) {
            if (folded.isEmpty()) {
                column += word.length();
            } else if (column + 1 + word.length() <= MAX_LINE) {
                folded.append(' ');
                column += 1 + word.length();
            } else {
                folded.append("\r\n ");
                column = 1 + word.length();
            }
            folded.append(word);
        }
        return folded.toString();
    }

    /** A field of one mailbox: a name, if there is one, and the address in angle brackets. RFC 5322 §3.4. */
    static String mailbox(String name, @Nullable String displayName, MailAddress address) {
        if (displayName == null) {
            return plain(name, address.wire());
        }
        String start = name + ": ";
        String quoted = "\"" + displayName.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        boolean asItIs = Characters.isPrintableAscii(displayName)
                && !displayName.contains("=?")
                && start.length() + quoted.length() <= MAX_LINE;
        String phrase = asItIs ? quoted : EncodedWords.encode(displayName, start.length());
        String line = start + phrase;
        String angle = "<" + address.wire() + ">";
        boolean fits = line.length() - line.lastIndexOf('\n') + angle.length() <= (asItIs ? MAX_LINE : MAX_LINE - 2);
        return line + (fits ? " " : "\r\n ") + angle + CRLF;
    }
}
