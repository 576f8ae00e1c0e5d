package dev.authmail.dkim;

import dev.authmail.mail.MailMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The octets of a message and where its fields and its body lie in them. RFC 5322 §2.1. */
final class MessageOctets {
    private final byte[] octets;
    private final List<HeaderField> fields;
    private final int bodyStart;

    private MessageOctets(byte[] octets, List<HeaderField> fields, int bodyStart) {
        this.octets = octets;
        this.fields = Collections.unmodifiableList(fields);
        this.bodyStart = bodyStart;
    }

    static MessageOctets of(MailMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return of(octets);
    }

    /** Only CRLF ends a line: a bare CR or LF is an octet like any other. */
    static MessageOctets of(byte[] octets) {
        List<HeaderField> fields = new ArrayList<>();
        int at = 0;
        while (at < octets.length && !Octets.isCrlf(octets, at)) {
            int end = fieldEnd(octets, at);
            fields.add(HeaderField.at(octets, at, end));
            at = end + 2;
        }
        return new MessageOctets(octets, fields, Math.min(at + 2, octets.length));
    }

    private static int fieldEnd(byte[] octets, int from) {
        int end = Octets.lineEnd(octets, from, octets.length);
        while (end + 2 < octets.length && Octets.isWsp(octets[end + 2])) {
            end = Octets.lineEnd(octets, end + 2, octets.length);
        }
        return end;
    }

    byte[] octets() {
        return octets;
    }

    /** From the top. */
    List<HeaderField> fields() {
        return fields;
    }

    int bodyStart() {
        return bodyStart;
    }

    long count(String name) {
        long count = 0;
        for (HeaderField field : fields) {
            count += field.name().equals(name) ? 1 : 0;
        }
        return count;
    }
}
