package dev.authmail.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that can be looked at only so often: a pattern that backtracks without end over a hostile text finds nothing
 * instead of holding up the mail.
 */
final class BoundedText implements CharSequence {
    private static final int MAX_LOOKS = 200_000;

    private final String text;
    private int left = MAX_LOOKS;

    private BoundedText(String text) {
        this.text = text;
    }

    /** What the pattern finds in the text. */
    static Optional<String> find(Pattern pattern, String text) {
        try {
            Matcher matcher = pattern.matcher(new BoundedText(text));
            return matcher.find() ? Optional.of(text.substring(matcher.start(), matcher.end())) : Optional.empty();
        } catch (Exhausted | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Whether the pattern looks so often at the text that it would find nothing in it. */
    static boolean exhausts(Pattern pattern, String text) {
        try {
            pattern.matcher(new BoundedText(text)).find();
            return false;
        } catch (Exhausted | StackOverflowError e) {
            return true;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    /** Of the bare text: a matcher takes parts of it only to give them away. */
    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("The pattern looks at the text too often", null, false, false);
        }
    }
}
