package dev.authmail.dkim;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The octets that a signature signs: the fields named in {@code h=}, then the signature field. RFC 6376 §3.7. */
final class HashInput {
    private HashInput() {}

    /**
     * The named fields in canonical form, each with its CRLF. A name that occurs again takes the next field above; one
     * that has no field left adds nothing, which is how over-signing works. RFC 6376 §5.4.2.
     *
     * @param names the entries of {@code h=}
     * @param self the signature field being verified, which {@code h=} never means
     */
    static byte[] signedFields(
            MessageOctets message, List<String> names, @Nullable HeaderField self, Canonicalization form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        FieldsFromBottom fields = new FieldsFromBottom(message.fields(), self);
        for (String name : names) {
            Optional<HeaderField> field = fields.next(name.toLowerCase(Locale.ROOT));
            if (field.isPresent()) {
                form.header(message.octets(), field.get().from(), field.get().to(), out::write);
                out.writeBytes(Octets.CRLF);
            }
        }
        return out.toByteArray();
    }

    /** The signed fields and after them the signature field whose {@code b=} is empty, without a CRLF. */
    static byte[] of(byte[] signedFields, byte[] signatureField, Canonicalization form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(signedFields.length + signatureField.length);
        out.writeBytes(signedFields);
        form.header(signatureField, 0, signatureField.length, out::write);
        return out.toByteArray();
    }

    /** The signature field with everything between {@code b=} and the next semicolon taken out. RFC 6376 §3.5. */
    static byte[] withoutSignature(byte[] octets, HeaderField field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(field.to() - field.from());
        int tag = field.from() + 1;
        while (octets[tag - 1] != ':') {
            tag++;
        }
        out.write(octets, field.from(), tag - field.from());
        while (tag < field.to()) {
            int end = indexOf(octets, ';', tag, field.to());
            int equals = indexOf(octets, '=', tag, end);
            boolean signature = "b".equals(TagList.text(octets, tag, equals).strip());
            out.write(octets, tag, signature && equals < end ? equals + 1 - tag : end - tag);
            if (end < field.to()) {
                out.write(';');
            }
            tag = end + 1;
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] octets, char wanted, int from, int to) {
        int at = from;
        while (at < to && octets[at] != wanted) {
            at++;
        }
        return at;
    }
}
