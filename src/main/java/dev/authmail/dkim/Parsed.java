package dev.authmail.dkim;

import java.util.function.Function;

/** What became of reading a text that a stranger wrote. */
sealed interface Parsed<T> {
    /** It could be read. */
    record Good<T>(T value) implements Parsed<T> {}

    /** It could not. */
    record Bad<T>(String reason) implements Parsed<T> {}

    /** Reads on where this was good. */
    default <U> Parsed<U> then(Function<T, Parsed<U>> next) {
        return switch (this) {
            case Good<T> good -> next.apply(good.value());
            case Bad<T> bad -> new Bad<>(bad.reason());
        };
    }
}
