package dev.authmail.delivery;

import java.util.regex.Pattern;

/**
 * A text that can be looked at only so often: a pattern that backtracks without end over a hostile text finds nothing
 * instead of holding up the mail.
 */
final class BoundedText implements CharSequence {
    private static final int MAX_LOOKS = 200_000;

    private final CharSequence text;
    private final Budget budget;

    private BoundedText(CharSequence text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static boolean find(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text, new Budget())).find();
        } catch (Exhausted | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        budget.spend();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), budget);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static final class Budget {
        private int left = MAX_LOOKS;

        void spend() {
            if (--left < 0) {
                throw new Exhausted();
            }
        }
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("The pattern looks at the text too often", null, false, false);
        }
    }
}
