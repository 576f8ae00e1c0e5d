package dev.authmail.mail;

import dev.authmail.address.MailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Composes mails that programs read: {@code multipart/report} of a text and one attachment. RFC 6522. */
public final class ReportComposer {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private final Clock clock;

    /** @param clock dates them */
    public ReportComposer(Clock clock) {
        this.clock = clock;
    }

    /**
     * The header.
     *
     * @param from the author
     * @param to the one recipient
     * @param subject printable ASCII
     * @param messageId unique
     * @param fields more fields, names and values in printable ASCII
     */
    public record Head(
            MailAddress from, MailAddress to, String subject, MessageId messageId, Map<String, String> fields) {
        public Head {
            AddressSyntax.check(from);
            AddressSyntax.check(to);
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            boolean plain = Characters.isPrintableAscii(subject)
                    && fields.entrySet().stream().allMatch(f -> Characters.isPrintableAscii(f.getKey() + f.getValue()));
            if (!plain) {
                throw new IllegalArgumentException("A field of a report is not printable ASCII");
            }
        }
    }

    /**
     * What a program reads.
     *
     * @param type media type
     * @param name of the file, printable ASCII without quotes
     * @param octets the file
     */
    public record Attachment(String type, String name, byte[] octets) {
        public Attachment {
            if (!Characters.isPrintableAscii(name) || name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("The file of a report has no plain name");
            }
        }
    }

    /**
     * One message, dated now.
     *
     * @param reportType as in {@code report-type=}
     * @param text what people read
     */
    public MailMessage compose(Head head, String reportType, String text, Attachment attachment) {
        String boundary = "=_" + head.messageId().left().replaceAll("[^A-Za-z0-9]", "");
        Octets out = Octets.ofMessage(2048 + attachment.octets().length * 3 / 2);
        out.add(Fields.mailbox("From", null, head.from()).getBytes(StandardCharsets.UTF_8));
        out.add(Fields.mailbox("To", null, head.to()).getBytes(StandardCharsets.UTF_8));
        out.addAscii(Fields.unstructured("Subject", head.subject()));
        out.addAscii(Fields.plain("Date", DateTime.of(clock.instant())));
        out.addAscii(Fields.plain("Message-ID", head.messageId().toString()));
        head.fields().forEach((name, value) -> out.addAscii(Fields.plain(name, value)));
        out.addAscii(Fields.plain("Auto-Submitted", "auto-generated"));
        out.addAscii(Fields.plain("MIME-Version", "1.0"));
        out.addAscii("Content-Type: multipart/report; report-type=\"" + reportType + "\";\r\n boundary=\"" + boundary)
                .addAscii("\"\r\n\r\n--" + boundary + "\r\n");
        new TextPart(text).write("plain", out);
        out.addAscii("\r\n--" + boundary + "\r\nContent-Type: " + attachment.type() + "\r\n")
                .addAscii("Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n filename=\"")
                .addAscii(attachment.name() + "\"\r\n\r\n")
                .add(BASE64.encode(attachment.octets()))
                .addAscii("\r\n--" + boundary + "--\r\n");
        return out.toMessage();
    }
}
