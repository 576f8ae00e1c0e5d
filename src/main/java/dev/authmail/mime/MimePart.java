package dev.authmail.mime;

import java.util.Locale;

/**
 * A leaf of the MIME tree.
 *
 * @param type what it says it is
 * @param fields its header
 * @param octets its body as far as it was kept, transfer encoding undone, lines ended by LF
 */
public record MimePart(ContentType type, HeaderFields fields, byte[] octets) {
    private static final String ENCODING = "Content-Transfer-Encoding";

    /** A leaf whose body is still encoded. */
    static MimePart of(ContentType type, HeaderFields fields, byte[] encoded) {
        return new MimePart(
                type, fields, TransferEncoding.decode(fields.word(ENCODING).orElse(""), encoded));
    }

    /** Its text, in whatever charset it came; HTML as a person reads it. */
    public String text() {
        String text = MailCharset.decode(octets, type.parameter("charset").orElse(""));
        return type.subtype().equals("html") ? HtmlText.of(text) : text;
    }

    /** Whether it is a message or the header of one. RFC 2046 §5.2.1, RFC 6522 §4, RFC 6533 §4. */
    public boolean isMessage() {
        return switch ((type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT)) {
            case "message/rfc822",
                    "message/global",
                    "text/rfc822-headers",
                    "message/rfc822-headers",
                    "message/global-headers",
                    "text/rfc822-header",
                    "text/rfc822",
                    "message/partial" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return type.type() + "/" + type.subtype() + ", " + octets.length + " octets";
    }
}
