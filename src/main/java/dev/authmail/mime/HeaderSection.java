package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A header section and what ended it.
 *
 * @param octets its lines
 * @param end the delimiter that ended it when no empty line did
 */
record HeaderSection(byte[] octets, Boundaries.Delimiter end) {
    // A text that begins with words and a colon has none of these.
    private static final Set<String> OF_A_MAIL = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "received",
            "return-path",
            "message-id",
            "mime-version",
            "content-type",
            "delivered-to",
            "x-original-to",
            "auto-submitted",
            "sender",
            "reply-to");

    /**
     * Reads to the empty line, to a delimiter, or to a line that is no field: that belongs to the body.
     *
     * @param most octets kept of it
     * @param keep whether so many more octets may be kept of the whole mail
     */
    static HeaderSection read(MailLines lines, Boundaries boundaries, int most, IntPredicate keep) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean first = true;
        while (lines.next()) {
            Boundaries.Delimiter delimiter = boundaries.of(lines);
            if (delimiter.level() >= 0) {
                return new HeaderSection(octets.toByteArray(), delimiter);
            }
            if (lines.isBlank() && lines.startsLine()) {
                octets.write('\n');
                break;
            }
            if (lines.startsLine() && !belongs(lines, first)) {
                lines.unread();
                break;
            }
            boolean mailbox = first && isMailboxLine(lines);
            if (!mailbox && octets.size() + lines.length() < most && keep.test(lines.length() + 1)) {
                octets.write(lines.buffer(), 0, lines.length());
                octets.write('\n');
            }
            first = false;
        }
        return new HeaderSection(octets.toByteArray(), Boundaries.NONE);
    }

    private static boolean belongs(MailLines lines, boolean first) {
        byte start = lines.at(0);
        if (start == ' ' || start == '\t') {
            return !first;
        }
        return HeaderFields.beginsField(new String(lines.octets(), ISO_8859_1)) || isMailboxLine(lines);
    }

    /** The line before each mail in a mailbox file. RFC 4155. */
    private static boolean isMailboxLine(MailLines lines) {
        return lines.startsWith("From ".getBytes(ISO_8859_1)) || lines.startsWith(">From ".getBytes(ISO_8859_1));
    }

    HeaderFields fields() {
        return HeaderFields.of(List.of(MailCharset.decode(octets).split("\n")));
    }

    /** Whether it holds a field that only mails have. */
    boolean isOfAMail() {
        return fields().all().stream().anyMatch(f -> OF_A_MAIL.contains(f.name().toLowerCase(Locale.ROOT)));
    }
}
