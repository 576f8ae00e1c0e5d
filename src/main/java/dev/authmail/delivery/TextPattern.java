package dev.authmail.delivery;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A regular expression that rules look for in a text. Most are not there, and one look at the text's {@link Trigrams} says
 * so for most of them.
 */
final class TextPattern {
    private static final int MAX_LENGTH = 1000;
    private static final Pattern CLASS = Pattern.compile("\\\\[SWDB]");
    // What stands in a pattern as it would in a text.
    private static final Pattern WORD = Pattern.compile("[^\\\\(){}\\[\\]|?*+.^$]{1,20}");
    private static final int PROBE_LENGTH = 300;

    private final Pattern pattern;
    private final List<int[]> words;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
        boolean exactCase = (pattern.flags() & Pattern.CASE_INSENSITIVE) == 0;
        words = exactCase
                ? NeededWords.of(pattern.pattern()).stream().map(Trigrams::of).toList()
                : List.of();
    }

    /**
     * The pattern that a rule writes.
     *
     * @throws IllegalArgumentException saying what is wrong with it, to be read after "text"
     */
    static TextPattern of(String regex) {
        if (regex.isEmpty() || regex.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "has " + regex.length() + " characters; 1 to " + MAX_LENGTH + " are allowed");
        }
        Pattern pattern = compile(regex);
        if (pattern.matcher("").find()) {
            throw new IllegalArgumentException("matches the empty text and so every reply");
        }
        endless(pattern).ifPresent(hostile -> {
            throw new IllegalArgumentException("\"" + regex + "\" backtracks without end over \"" + hostile.repeat(3)
                    + "\u2026\"; do not repeat what is repeated, and give repetitions an end: {0,40}");
        });
        return new TextPattern(pattern);
    }

    /** A pattern that was tried before. */
    static TextPattern untried(String regex) {
        return new TextPattern(compile(regex));
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex, flags(regex));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "is not a regular expression: " + e.getDescription() + " at character " + e.getIndex(), e);
        }
    }

    /** Replies are looked at in lower case; to ignore the case of a pattern costs time that most need not spend. */
    private static int flags(String regex) {
        boolean lower = CLASS.matcher(regex).replaceAll("").chars().noneMatch(Character::isUpperCase);
        return lower ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }

    /** A word that, repeated, makes the pattern look at the text beyond all measure. */
    private static Optional<String> endless(Pattern pattern) {
        return Stream.concat(
                        Stream.of("a", "0", " ", "@"),
                        WORD.matcher(pattern.pattern()).results().map(MatchResult::group))
                .distinct()
                .filter(word -> BoundedText.exhausts(pattern, word.repeat(PROBE_LENGTH / word.length())))
                .findFirst();
    }

    /** What of the text matches, first. */
    Optional<String> find(ReceivedReply reply) {
        return mayBeIn(reply.trigrams()) ? BoundedText.find(pattern, reply.lower()) : Optional.empty();
    }

    boolean mayBeIn(Trigrams text) {
        return words.isEmpty() || words.stream().anyMatch(text::mayHold);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
