package dev.authmail.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of rules and options that stand for a value. */
final class ReplyWords {
    private ReplyWords() {}

    /**
     * The value of a word.
     *
     * @throws IllegalArgumentException naming the words that there are
     */
    static <E extends Enum<E>> E of(Class<E> type, String name, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(ReplyWords::word)
                                .collect(Collectors.joining(", "))));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
