package dev.authmail.delivery;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A regular expression that rules look for in a text. Most are not there, and one look at the text's {@link Trigrams} says
 * so for most of them.
 */
final class TextPattern {
    private final Pattern pattern;
    private final List<int[]> words;

    /** @param pattern for a text in lower case, unless it ignores case itself */
    TextPattern(Pattern pattern) {
        this.pattern = pattern;
        boolean exactCase = (pattern.flags() & Pattern.CASE_INSENSITIVE) == 0;
        words = exactCase
                ? NeededWords.of(pattern.pattern()).stream().map(Trigrams::of).toList()
                : List.of();
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
