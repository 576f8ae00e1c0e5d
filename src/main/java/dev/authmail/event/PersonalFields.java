package dev.authmail.event;

import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Name and language of a person: mended rather than refused, for someone waits for the mail. */
final class PersonalFields {
    private static final int MAX_NAME_CODE_POINTS = 100;
    private static final int MAX_TAG_CHARS = 64;

    private PersonalFields() {}

    /**
     * The name on one line: line breaks and tabs become blanks; control, invisible and unassigned characters go (but for
     * the joiners that Persian and the scripts of India need); what is longer than 100 code points is cut. Null if
     * nothing is left.
     */
    static @Nullable String name(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        var clean = raw.codePoints()
                .map(c -> isBlank(c) ? ' ' : c)
                .filter(PersonalFields::isShown)
                .limit(MAX_NAME_CODE_POINTS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.isEmpty() ? null : clean;
    }

    /**
     * The locale of a BCP 47 tag, also written with underscores as Java does; the default if the tag is none.
     */
    static Locale locale(@Nullable String tag, Locale otherwise) {
        if (tag == null || tag.length() > MAX_TAG_CHARS) {
            return otherwise;
        }
        try {
            var locale = new Locale.Builder()
                    .setLanguageTag(tag.strip().replace('_', '-'))
                    .build();
            return locale.getLanguage().isEmpty() ? otherwise : locale;
        } catch (IllformedLocaleException e) {
            return otherwise;
        }
    }

    /** Every white space but the ideographic one, with which Japanese names are written. */
    private static boolean isBlank(int c) {
        return c != 0x3000 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            case Character.FORMAT -> c == 0x200C || c == 0x200D;
            default -> true;
        };
    }
}
