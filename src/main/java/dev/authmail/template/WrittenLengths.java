package dev.authmail.template;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long each part of a set was at most: the next mail gets that much room at once, not by copying what it has written
 * into ever more. A hint; thread-safe.
 */
final class WrittenLengths {
    private static final int ROOM = 256; // a longer name, a longer URL

    private final AtomicIntegerArray longest = new AtomicIntegerArray(Part.values().length);

    /** How many characters to expect, and some more. */
    int room(Part part) {
        return Math.min(part.maxChars(), longest.get(part.ordinal()) + ROOM);
    }

    /** A part was so long. */
    void saw(Part part, int chars) {
        if (chars > longest.get(part.ordinal())) {
            longest.set(part.ordinal(), chars);
        }
    }
}
