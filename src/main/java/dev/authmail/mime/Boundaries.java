package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** The boundaries of the multiparts that are open, the innermost last. RFC 2046 §5.1.1. */
final class Boundaries {
    // The RFC allows 70; some write more.
    private static final int MAX_LENGTH = 200;
    private static final byte[] DASHES = {'-', '-'};

    private final List<byte[]> open = new ArrayList<>();

    /** Where a multipart stands, and whether its last part is over. */
    record Delimiter(int level, boolean closes) {}

    static boolean isUsable(String boundary) {
        return !boundary.isBlank() && boundary.length() <= MAX_LENGTH;
    }

    void open(String boundary) {
        open.add(("--" + boundary.stripTrailing()).getBytes(ISO_8859_1));
    }

    void close() {
        open.removeLast();
    }

    int innermost() {
        return open.size() - 1;
    }

    /** The delimiter that a line is, the innermost first; level -1 when it is none. */
    Delimiter of(MailLines line) {
        if (line.startsLine() && line.startsWith(DASHES)) {
            for (int level = innermost(); level >= 0; level--) {
                byte[] delimiter = open.get(level);
                if (line.startsWith(delimiter)) {
                    if (isBlank(line, delimiter.length)) {
                        return new Delimiter(level, false);
                    }
                    if (closes(line, delimiter.length)) {
                        return new Delimiter(level, true);
                    }
                }
            }
        }
        return NONE;
    }

    /** No delimiter. */
    static final Delimiter NONE = new Delimiter(-1, false);

    private static boolean closes(MailLines line, int from) {
        return line.length() >= from + 2 && line.at(from) == '-' && line.at(from + 1) == '-' && isBlank(line, from + 2);
    }

    private static boolean isBlank(MailLines line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.at(i) != ' ' && line.at(i) != '\t') {
                return false;
            }
        }
        return true;
    }
}
