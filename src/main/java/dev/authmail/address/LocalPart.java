package dev.authmail.address;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The part before the @: a dot-string or a quoted string. RFC 5321 §4.1.2, RFC 6531 §3.3. */
final class LocalPart {
    static final int MAX_OCTETS = 64;
    private static final String ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {}

    /** Where the local part ends: the index of the @ that follows it, or −1. An @ inside quotes does not count. */
    static int end(String text) {
        if (!text.startsWith("\"")) {
            return text.indexOf('@');
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1 < text.length() && text.charAt(i + 1) == '@' ? i + 1 : -1;
            }
        }
        return -1;
    }

    /** The rule that a local part as written breaks, or nothing. */
    static Optional<String> brokenRule(String raw) {
        if (raw.isEmpty()) {
            return Optional.of("has nothing before the @");
        }
        if (raw.getBytes(UTF_8).length > MAX_OCTETS) {
            return Optional.of("has more than 64 octets before the @");
        }
        if (isAny(raw, LocalPart::isUnsafe) || isJoiner(raw.codePointAt(0))) {
            return Optional.of("has a control, invisible or unassigned character before the @");
        }
        return raw.startsWith("\"") ? brokenQuotes(raw) : brokenDots(raw);
    }

    /** The one form of a valid local part: NFC, unescaped, quoted only where it must be. RFC 5321 §4.1.2. */
    static String normalise(String raw) {
        var content = raw.startsWith("\"") ? unescape(raw.substring(1, raw.length() - 1)) : raw;
        var composed = Normalizer.normalize(content, Normalizer.Form.NFC);
        if (brokenDots(composed).isEmpty()) {
            return composed;
        }
        return '"' + composed.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Optional<String> brokenDots(String text) {
        if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            return Optional.of("has a dot at the wrong place before the @");
        }
        if (text.isEmpty() || isAny(text, c -> !isAtextOrDot(c))) {
            return Optional.of("has a character before the @ that cannot stand there (blank, comment, quote or sign)");
        }
        if (isMark(text.codePointAt(0))) {
            return Optional.of("begins with a combining mark");
        }
        return Optional.empty();
    }

    private static Optional<String> brokenQuotes(String raw) {
        if (raw.length() < 2 || !raw.endsWith("\"")) {
            return Optional.of("has quotes that are not closed right before the @");
        }
        var inner = raw.substring(1, raw.length() - 1);
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) == '"') {
                return Optional.of("has a quote inside quotes without a backslash");
            }
            // quoted-pairSMTP is a backslash and one printable ASCII character, also under RFC 6531.
            if (inner.charAt(i) == '\\' && (++i == inner.length() || inner.charAt(i) > '~')) {
                return Optional.of("has a backslash that escapes nothing");
            }
        }
        return inner.isEmpty() ? Optional.of("has an empty quoted string before the @") : Optional.empty();
    }

    private static String unescape(String inner) {
        var out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            out.append(c == '\\' ? inner.charAt(++i) : c);
        }
        return out.toString();
    }

    // No stream of code points: those made one fortieth of what a mail allocates.
    private static boolean isAny(String text, IntPredicate wanted) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (wanted.test(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAtextOrDot(int c) {
        boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return alphanumeric || c == '.' || ATEXT_MARKS.indexOf(c) >= 0 || (c > 127 && !Character.isSpaceChar(c));
    }

    /** RFC 6531 allows what follows; no mailbox has it, and in a log or header it deceives. Deviates, as narrower. */
    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Persian and the scripts of India spell with the two joiners.
            case Character.FORMAT -> !isJoiner(c);
            default -> false;
        };
    }

    private static boolean isJoiner(int c) {
        return c == 0x200C || c == 0x200D;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
