package dev.authmail.template;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The buffers that the parts of a set were last written into: the next mail is written into the same, which has grown to
 * what such a part takes. One for each part is kept; who finds none makes one. Thread-safe.
 */
final class SpareBuffers {
    private static final int ROOM = 1024;

    private final AtomicReferenceArray<char[]> spare = new AtomicReferenceArray<>(Part.values().length);

    /** A buffer that nobody else has. */
    char[] take(Part part) {
        char[] buffer = spare.getAndSet(part.ordinal(), null);
        return buffer == null ? new char[Math.min(ROOM, part.maxChars())] : buffer;
    }

    /** Nothing of the buffer is used any more. */
    void giveBack(Part part, char[] buffer) {
        spare.set(part.ordinal(), buffer);
    }
}
