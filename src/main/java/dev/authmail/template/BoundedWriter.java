package dev.authmail.template;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/** Collects what a template writes, up to a limit: a runaway loop must not eat the heap. */
final class BoundedWriter extends Writer {
    private final int maxChars;
    private char[] written;
    private int length;

    /**
     * @param maxChars the limit
     * @param buffer takes what is written; a longer one is made when it is full
     */
    BoundedWriter(int maxChars, char[] buffer) {
        this.maxChars = maxChars;
        this.written = buffer;
    }

    @Override
    public void write(char[] buffer, int offset, int count) throws IOException {
        makeRoom(count);
        System.arraycopy(buffer, offset, written, length, count);
        length += count;
    }

    @Override
    public void write(String text, int offset, int count) throws IOException {
        makeRoom(count);
        text.getChars(offset, offset + count, written, length);
        length += count;
    }

    private void makeRoom(int count) throws TooLongException {
        if (count > maxChars - length) {
            throw new TooLongException(maxChars);
        }
        if (count > written.length - length) {
            written = Arrays.copyOf(written, Math.max(written.length * 2, length + count));
        }
    }

    /** What it was written into: the buffer that was given, or a longer one. */
    char[] buffer() {
        return written;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return new String(written, 0, length);
    }

    /** More was written than the limit allows. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int maxChars) {
            super("writes more than " + maxChars + " characters");
        }
    }
}
