package dev.authmail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a mail, ended by CRLF, LF or CR, as mails on disk and from odd gateways come. A line longer than
 * {@link #MAX_LINE} comes in pieces.
 */
final class MailLines {
    static final int MAX_LINE = 16 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[32 << 10];
    private final byte[] line = new byte[MAX_LINE];
    private long left;
    private int position;
    private int limit;
    private int length;
    private boolean startsLine;
    private boolean endsLine = true;
    private boolean again;
    private boolean cut;

    /** @param octets after so many it ends */
    MailLines(InputStream in, long octets) {
        this.in = in;
        this.left = octets;
    }

    /** Goes to the next line or piece of a line; false at the end. */
    boolean next() throws IOException {
        if (again) {
            again = false;
            return true;
        }
        startsLine = endsLine;
        length = 0;
        int octet = read();
        if (octet < 0) {
            return false;
        }
        for (; octet >= 0; octet = read()) {
            if (octet == '\n') {
                endsLine = true;
                return true;
            }
            if (octet == '\r') {
                passLf();
                endsLine = true;
                return true;
            }
            line[length++] = (byte) octet;
            if (length == MAX_LINE) {
                endsLine = false;
                return true;
            }
        }
        endsLine = true;
        return true;
    }

    /** The next {@link #next} gives this line once more. */
    void unread() {
        again = true;
    }

    /** Whether this is the beginning of a line and not a further piece. */
    boolean startsLine() {
        return startsLine;
    }

    boolean endsLine() {
        return endsLine;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return line[index];
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Copies the line without its end. */
    byte[] octets() {
        return Arrays.copyOf(line, length);
    }

    byte[] buffer() {
        return line;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Whether the mail goes on where reading ended. */
    boolean isCut() {
        return cut;
    }

    /** CRLF is one end. So is CR CR LF, which a gateway makes of CRLF when it takes it for LF. */
    private void passLf() throws IOException {
        int first = read();
        if (first == '\r') {
            int second = read();
            if (second == '\n') {
                return;
            }
            unread(second);
        }
        if (first != '\n') {
            unread(first);
        }
    }

    private int read() throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    private void unread(int octet) {
        if (octet >= 0) {
            position--;
        }
    }

    /** Keeps the last two octets before the new ones, so that two can be given back. */
    private boolean fill() throws IOException {
        if (left <= 0) {
            cut = cut || in.read() >= 0;
            return false;
        }
        int kept = Math.min(2, limit);
        System.arraycopy(buffer, limit - kept, buffer, 0, kept);
        int count = in.read(buffer, kept, (int) Math.min(left, buffer.length - kept));
        position = kept;
        limit = kept + Math.max(count, 0);
        left -= Math.max(count, 0);
        return count > 0;
    }
}
