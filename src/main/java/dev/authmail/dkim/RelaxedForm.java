package dev.authmail.dkim;

import java.nio.charset.StandardCharsets;

/** The relaxed forms, in one pass and without copies. RFC 6376 §3.4.2, §3.4.4. */
final class RelaxedForm {
    private RelaxedForm() {}

    static void header(byte[] octets, int from, int to, OctetSink sink) {
        int colon = from;
        while (colon < to && octets[colon] != ':') {
            colon++;
        }
        byte[] name = HeaderField.lowerCaseName(octets, from, colon).getBytes(StandardCharsets.ISO_8859_1);
        sink.write(name, 0, name.length);
        if (colon < to) {
            sink.write(octets, colon, 1);
            value(octets, colon + 1, to, sink);
        }
    }

    /** Unfolds, makes one space of each run of white space, and drops it at both ends. */
    private static void value(byte[] octets, int from, int to, OctetSink sink) {
        boolean any = false;
        int at = from;
        while (at < to) {
            int word = skipFoldedSpace(octets, at, to);
            int end = word;
            while (end < to && !Octets.isWsp(octets[end]) && !isFold(octets, end, to)) {
                end++;
            }
            if (end > word) {
                // A CRLF alone vanishes; a fold always brings white space with it.
                if (any && hasWsp(octets, at, word)) {
                    sink.write(Octets.SPACE, 0, 1);
                }
                sink.write(octets, word, end - word);
                any = true;
            }
            at = end;
        }
    }

    private static boolean isFold(byte[] octets, int at, int to) {
        return at + 1 < to && Octets.isCrlf(octets, at);
    }

    private static int skipFoldedSpace(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (Octets.isWsp(octets[at])) {
                at++;
            } else if (isFold(octets, at, to)) {
                at += 2;
            } else {
                break;
            }
        }
        return at;
    }

    private static boolean hasWsp(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Octets.isWsp(octets[i])) {
                return true;
            }
        }
        return false;
    }

    static void body(byte[] octets, int from, OctetSink sink) {
        int emptyLines = 0;
        int at = from;
        while (at < octets.length) {
            int end = Octets.lineEnd(octets, at, octets.length);
            int textEnd = withoutTrailingWsp(octets, at, end);
            if (textEnd == at) {
                emptyLines++; // written only when a line with text follows: trailing empty lines are ignored
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    sink.write(Octets.CRLF, 0, 2);
                }
                line(octets, at, textEnd, sink);
                sink.write(Octets.CRLF, 0, 2);
            }
            at = end + 2;
        }
    }

    private static int withoutTrailingWsp(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && Octets.isWsp(octets[end - 1])) {
            end--;
        }
        return end;
    }

    /** A line that ends in text. Stretches with single spaces are written whole. */
    private static void line(byte[] octets, int from, int to, OctetSink sink) {
        int start = from;
        int at = from;
        while (at < to) {
            if (!Octets.isWsp(octets[at]) || (octets[at] == ' ' && !Octets.isWsp(octets[at + 1]))) {
                at++;
                continue;
            }
            sink.write(octets, start, at - start);
            sink.write(Octets.SPACE, 0, 1);
            while (Octets.isWsp(octets[at])) {
                at++;
            }
            start = at;
        }
        sink.write(octets, start, to - start);
    }
}
