package dev.authmail.mail;

import dev.authmail.address.MailAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/**
 * Composes messages: one From, To, Subject, Date, Message-ID, and text and HTML as {@code multipart/alternative} (RFC
 * 2046 §5.1.4). Every octet is ASCII, save the To of a recipient who needs SMTPUTF8 (RFC 6532). The recipient's name is
 * not in the message: it comes from outside, and nobody needs it there. Thread-safe.
 */
public final class MailComposer {
    private static final String MULTIPART = "Content-Type: multipart/alternative;\r\n boundary=\"";

    private final ComposerSettings settings;
    private final Clock clock;
    private final byte[] author;
    private final byte[] constants;

    public MailComposer(ComposerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.author =
                Fields.mailbox("From", settings.fromName(), settings.from()).getBytes(StandardCharsets.US_ASCII);
        this.constants = constants(settings).getBytes(StandardCharsets.US_ASCII);
    }

    private static String constants(ComposerSettings settings) {
        StringBuilder fields = new StringBuilder();
        if (settings.replyTo() != null) {
            fields.append(Fields.mailbox("Reply-To", null, settings.replyTo()));
        }
        // RFC 3834 §5: no vacation notice answers this mail.
        fields.append(Fields.plain("Auto-Submitted", "auto-generated"));
        if (settings.feedbackId() != null) {
            fields.append(Fields.plain("Feedback-ID", settings.feedbackId()));
        }
        if (settings.tlsOptional()) {
            fields.append(Fields.plain("TLS-Required", "No"));
        }
        return fields.append(Fields.plain("MIME-Version", "1.0")).toString();
    }

    /**
     * Composes one message, dated now.
     *
     * @param to the one recipient
     * @param messageIdLeft the left side of the Message-ID, see {@link MessageId}; the same for all attempts at a mail
     * @throws IllegalArgumentException when address or Message-ID could not stand in a header; valid ones always can
     */
    public MailMessage compose(MailContent content, MailAddress to, String messageIdLeft) {
        AddressSyntax.check(to);
        MessageId messageId = new MessageId(messageIdLeft, settings.messageIdDomain());
        String boundary = boundary(messageId);
        TextPart text = new TextPart(content.text());
        TextPart html = new TextPart(content.html());
        Octets out = Octets.ofMessage(2048 + text.room() + html.room());
        writeHeader(content, to, messageId, out);
        out.addAscii(MULTIPART).addAscii(boundary).addAscii("\"\r\n\r\n");
        writePart("plain", text, boundary, out);
        writePart("html", html, boundary, out);
        out.addAscii("--").addAscii(boundary).addAscii("--\r\n");
        return out.toMessage();
    }

    private void writeHeader(MailContent content, MailAddress to, MessageId messageId, Octets out) {
        out.add(author);
        out.add(Fields.mailbox("To", null, to).getBytes(StandardCharsets.UTF_8));
        out.addAscii(Fields.unstructured("Subject", content.subject()));
        out.addAscii(Fields.plain("Date", DateTime.of(clock.instant())));
        out.addAscii(Fields.plain("Message-ID", messageId.toString()));
        if (settings.messageIdField() != null) {
            out.addAscii(Fields.plain(settings.messageIdField(), messageId.bare()));
        }
        out.add(constants);
        if (content.languageTag() != null) {
            out.addAscii(Fields.plain("Content-Language", content.languageTag()));
        }
    }

    private static void writePart(String subtype, TextPart text, String boundary, Octets out) {
        out.addAscii("--").addAscii(boundary).crlf();
        text.write(subtype, out);
        out.crlf();
    }

    // RFC 2045 §6.7: "=_" stands in no quoted-printable text, and "_" in no base64, so the boundary is in neither part.
    private static String boundary(MessageId messageId) {
        byte[] digest = sha256().digest(messageId.toString().getBytes(StandardCharsets.US_ASCII));
        return "=_" + HexFormat.of().formatHex(digest, 0, 15);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
