package dev.authmail.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of octets, of which a long one is passed over without being kept. LF or CRLF ends a line. */
final class BoundedLines {
    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    BoundedLines(InputStream in, int limit) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.limit = limit;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        line.reset();
        tooLong = false;
        int octet = in.read();
        if (octet < 0) {
            return false;
        }
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            tooLong |= line.size() == limit;
            if (!tooLong) {
                line.write(octet);
            }
        }
        return true;
    }

    /** Whether the next line is not there yet. */
    boolean wouldWait() throws IOException {
        return in.available() == 0;
    }

    boolean isTooLong() {
        return tooLong;
    }

    byte[] line() {
        return line.toByteArray();
    }
}
