package dev.authmail.template;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reader's name, if it can be shown. Sign-up forms are abused to send spam through somebody's verification mail: the
 * "name" is then an advertisement with an address in it. Such a name is left out, and the mail greets without one.
 */
final class GreetingName {
    private static final int MAX_CODE_POINTS = 60;
    // Mail programs turn these into links: a scheme, a host, an address.
    private static final Pattern LINK = Pattern.compile("://|\\bwww\\.|@|[\\p{L}\\p{N}-][.。．｡][\\p{L}-]{2}");
    // Format characters too: they can turn the direction of the text that follows. The joiners are part of names.
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}[\\p{Cf}&&[^\\u200C\\u200D]]]+");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    // One ideographic space between family and given name is how Japanese names are written.
    private static final String IDEOGRAPHIC_SPACE = "\u3000";

    private GreetingName() {}

    /** The name on one line, or null when there is none or it is not harmless. */
    static @Nullable String of(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String visible = INVISIBLE.matcher(name).replaceAll(" ");
        String tidy = BLANKS.matcher(visible)
                .replaceAll(blanks -> blanks.group().equals(IDEOGRAPHIC_SPACE) ? IDEOGRAPHIC_SPACE : " ")
                .strip();
        boolean tooLong = tidy.codePointCount(0, tidy.length()) > MAX_CODE_POINTS;
        return tidy.isEmpty() || tooLong || LINK.matcher(tidy).find() ? null : tidy;
    }
}
