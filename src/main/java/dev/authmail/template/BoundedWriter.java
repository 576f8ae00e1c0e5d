package dev.authmail.template;

import java.io.IOException;
import java.io.Writer;

/** Collects what a template writes, up to a limit: a runaway loop must not eat the heap. */
final class BoundedWriter extends Writer {
    private final StringBuilder written = new StringBuilder(4096);
    private final int maxChars;

    BoundedWriter(int maxChars) {
        this.maxChars = maxChars;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        makeRoom(length);
        written.append(buffer, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        makeRoom(length);
        written.append(text, offset, offset + length);
    }

    private void makeRoom(int length) throws TooLongException {
        if (length > maxChars - written.length()) {
            throw new TooLongException(maxChars);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return written.toString();
    }

    /** More was written than the limit allows. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int maxChars) {
            super("writes more than " + maxChars + " characters");
        }
    }
}
