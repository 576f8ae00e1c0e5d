package dev.authmail.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds addresses in fields and sentences that strangers wrote. Looser than RFC 5321: what was mailed is what came back. */
final class AddressText {
    // No brackets, quotes or punctuation of any script that an address stands between.
    private static final String NOT_LOCAL = "\\s<>()\\[\\]{}:;,\"`|\\\\@\\p{Cc}。、「」『』（）：";
    private static final String LOCAL = "[^" + NOT_LOCAL + "']";
    private static final String LABEL = "[\\p{L}\\p{N}_#*-]{1,63}+";
    /** An address as a part of a longer pattern; never the end of one. */
    static final String ADDRESS =
            "(?<![\\p{L}\\p{N}._+-])(?:\"[^\"\\n]{1,64}\"|" + LOCAL + "(?:" + LOCAL + "|'(?=[\\p{L}\\p{N}])){0,127}+)"
                    + "@(?:" + LABEL + "(?:\\." + LABEL + "){0,20}+|\\[[0-9a-fA-F.:IPv]{2,60}\\])";
    /** A local part that stands for an address where the domain is known. */
    static final String LOCAL_ONLY = "(?<!\\S)[\\p{L}\\p{N}][\\p{L}\\p{N}._+-]{0,63}+(?!\\S)";

    private static final int MAX_FIELD = 2000;
    private static final Pattern ANYWHERE = Pattern.compile("(?<!" + LOCAL + ")" + ADDRESS);
    private static final Pattern TYPED = Pattern.compile("^\\s*[\\w-]{1,40}\\s*;\\s*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})\\}");

    private AddressText() {}

    /** The addresses in a text in their order, each once. */
    static List<String> all(String text) {
        List<String> found = new ArrayList<>();
        Matcher m = ANYWHERE.matcher(cut(text));
        while (m.find()) {
            if (found.stream().noneMatch(m.group()::equalsIgnoreCase)) {
                found.add(m.group());
            }
        }
        return found;
    }

    static Optional<String> first(String text) {
        return all(text).stream().findFirst();
    }

    /** The addresses in a field such as To: those in angle brackets, so that no display name counts. RFC 5322 §3.4. */
    static List<String> inField(String value) {
        List<String> bracketed = new ArrayList<>();
        Matcher m = Pattern.compile("<\\s*(" + ADDRESS + ")\\s*>").matcher(cut(value));
        while (m.find()) {
            bracketed.add(m.group(1));
        }
        return bracketed.isEmpty() ? all(value) : bracketed;
    }

    /**
     * The address of a field with a type before it, such as {@code rfc822; user@example.org}; a local part alone is given as
     * it stands. RFC 3464 §2.3.1, RFC 6533 §3.
     */
    static Optional<String> typed(String value) {
        String bare = cut(value);
        for (Matcher m = TYPED.matcher(bare); m.find(); m = TYPED.matcher(bare)) {
            bare = bare.substring(m.end());
        }
        String unescaped = unescape(bare);
        return first(unescaped)
                .or(() -> Optional.of(unescaped.strip().replaceAll("^<|>$", "").strip()))
                .filter(a -> !a.isEmpty());
    }

    /** utf-8-addr-xtext and utf-8-addr-unitext. RFC 6533 §3. */
    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(m -> {
            int code = Integer.parseInt(m.group(1), 16);
            return Matcher.quoteReplacement(Character.isValidCodePoint(code) ? Character.toString(code) : "?");
        });
    }

    static boolean isAddress(String text) {
        return ANYWHERE.matcher(text).matches();
    }

    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static String cut(String text) {
        return text.length() > MAX_FIELD ? text.substring(0, MAX_FIELD) : text;
    }
}
