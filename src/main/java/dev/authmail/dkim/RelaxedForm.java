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

    /** What is in the form already, most often many lines, is written whole. */
    static void body(byte[] octets, int from, OctetSink sink) {
        int to = endOfText(octets, from);
        int start = from; // what stands before it is written
        int at = from;
        while (at < to) {
            byte octet = octets[at++];
            if (octet > ' ' || !Octets.isWsp(octet)) {
                continue;
            }
            int end = at;
            while (Octets.isWsp(octets[end])) {
                end++;
            }
            boolean trailing = Octets.isCrlf(octets, end);
            if (trailing || octet != ' ' || end > at) {
                sink.write(octets, start, at - 1 - start);
                sink.write(Octets.SPACE, 0, trailing ? 0 : 1);
                start = end;
                at = end;
            }
        }
        if (to > from) {
            sink.write(octets, start, to - start);
            sink.write(Octets.CRLF, 0, 2);
        }
    }

    /** The end of the last line with text, and of the text on it: empty and blank lines after it are ignored. */
    private static int endOfText(byte[] octets, int from) {
        int end = octets.length;
        while (end > from) {
            if (Octets.isWsp(octets[end - 1])) {
                end--;
            } else if (end - 2 >= from && Octets.isCrlf(octets, end - 2)) {
                end -= 2;
            } else {
                break;
            }
        }
        return end;
    }
}
