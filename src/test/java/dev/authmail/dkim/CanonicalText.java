package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Canonical forms as text, one char an octet. */
final class CanonicalText {
    private CanonicalText() {}

    static String header(Canonicalization form, byte[] fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MessageOctets message = MessageOctets.of(fields);
        for (HeaderField field : message.fields()) {
            form.header(fields, field.from(), field.to(), out::write);
            out.writeBytes(Octets.CRLF);
        }
        return out.toString(ISO_8859_1);
    }

    static String body(Canonicalization form, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.body(body, 0, out::write);
        return out.toString(ISO_8859_1);
    }
}
