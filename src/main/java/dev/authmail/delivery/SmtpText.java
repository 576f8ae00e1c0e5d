package dev.authmail.delivery;

import dev.authmail.address.MailAddress;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Makes a text that a server sent fit to be shown: addresses as {@code …@domain}, without our bounce token, without our
 * links, without control characters, 500 characters at most.
 */
public final class SmtpText {
    /** The longest text that comes out, in characters. */
    public static final int MAX_LENGTH = 500;

    private static final int MAX_READ = 2000;
    private static final String HIDDEN = "…";

    // Controls, formats (bidirectional overrides among them), lone surrogates, line and paragraph separators.
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\s]++");
    // A query that holds a parameter of ours; a filter may quote the link that it disliked.
    private static final Pattern OUR_LINK = Pattern.compile(
            "(https?://[^\\s?]++)\\?[^\\s]*?(?<=[?&;])(?:uid|ah|exp|kid|sig|token)=\\S*+", Pattern.CASE_INSENSITIVE);
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){0,2}");
    // Base32 of the bounce token is 47 characters; a folded or cut one is hidden as well.
    private static final Pattern TOKEN = Pattern.compile("(?i)(?:bounce\\+[a-z2-7=]++|(?<![a-z0-9])[a-z2-7]{24,}+)");
    private static final Pattern QUOTED_ADDRESS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.){1,128}+\"(@|%40)");
    private static final Pattern ADDRESS = Pattern.compile("(?:[^\\s<>\"(),:;\\[\\]@…%]|%(?!40))++(?:@|%40)");
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^\\s?]++\\?[BQbq]\\?[^\\s?]*+\\?=");

    private SmtpText() {}

    /** Redacts a text whose recipient is not known. */
    public static String redact(String text) {
        return cut(withoutAddresses(printable(text)), MAX_LENGTH);
    }

    /** Redacts a text about one recipient, whose local part is hidden even where it stands alone. */
    public static String redact(String text, MailAddress recipient) {
        return cut(withoutLocalPart(withoutAddresses(printable(text)), recipient.localPart()), MAX_LENGTH);
    }

    // Every accepted mail comes through here, and few replies have any of it: what cannot match is not searched.
    private static String withoutAddresses(String text) {
        String shown = text.indexOf('?') < 0 ? text : OUR_LINK.matcher(text).replaceAll("$1?" + HIDDEN);
        shown = shown.contains("eyJ") ? JWT.matcher(shown).replaceAll(HIDDEN) : shown;
        boolean address = shown.indexOf('@') >= 0 || shown.contains("%40");
        shown = address ? QUOTED_ADDRESS.matcher(shown).replaceAll(HIDDEN + "@") : shown;
        shown = shown.contains("=?") ? ENCODED_WORD.matcher(shown).replaceAll(HIDDEN) : shown;
        shown = address ? ADDRESS.matcher(shown).replaceAll(HIDDEN + "@") : shown;
        return TOKEN.matcher(shown).replaceAll(HIDDEN);
    }

    /** Hides the local part where it is a word of its own, quoted or not, with and without its tag. */
    private static String withoutLocalPart(String text, String localPart) {
        String bare = localPart.startsWith("\"") ? localPart.replaceAll("[\"\\\\]", "") : localPart;
        String tagless = bare.indexOf('+') > 0 ? bare.substring(0, bare.indexOf('+')) : bare;
        // The untagged one is the beginning of the other.
        return containsIgnoringCase(text, tagless)
                ? alone(bare, tagless).matcher(text).replaceAll(HIDDEN)
                : text;
    }

    private static boolean containsIgnoringCase(String text, String word) {
        return IntStream.rangeClosed(0, text.length() - word.length())
                .anyMatch(at -> text.regionMatches(true, at, word, 0, word.length()));
    }

    private static Pattern alone(String bare, String tagless) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + Pattern.quote(bare) + "|" + Pattern.quote(tagless) + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** One line of what can be printed. A word that the limit cut may be half an address: it is left out. */
    private static String printable(String text) {
        boolean whole = text.length() <= MAX_READ;
        String read = whole ? text : text.substring(0, MAX_READ);
        String line = UNPRINTABLE.matcher(read).replaceAll(" ").strip();
        return whole ? line : line.substring(0, Math.max(0, line.lastIndexOf(' '))) + " " + HIDDEN;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + HIDDEN;
    }
}
