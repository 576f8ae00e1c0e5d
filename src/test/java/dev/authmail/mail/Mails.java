package dev.authmail.mail;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;

/** Composing in tests, and reading what was composed with Jakarta Mail. */
public final class Mails {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-05T06:07:08Z"), ZoneOffset.UTC);

    private static final Session SESSION = session();

    private Mails() {}

    private static Session session() {
        Properties properties = new Properties();
        properties.put("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }

    public static MailAddress address(String local, String domain) {
        return new MailAddress(local, new Domain(domain));
    }

    static ComposerSettings settings(String fromName) {
        return new ComposerSettings(
                address("accounts", "mail.example.jp"),
                fromName,
                address("support", "example.jp"),
                new Domain("mail.example.jp"),
                null);
    }

    public static MailComposer composer(String fromName) {
        return new MailComposer(settings(fromName), CLOCK);
    }

    static MailMessage compose(String subject, String text, String html, MailAddress to) {
        return composer("Example").compose(new MailContent(subject, text, html, "en"), to, "id-1");
    }

    public static byte[] octets(MailMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return octets;
    }

    static String utf8(MailMessage message) {
        return new String(octets(message), StandardCharsets.UTF_8);
    }

    static List<String> headerLines(MailMessage message) {
        String all = utf8(message);
        return List.of(all.substring(0, all.indexOf("\r\n\r\n")).split("\r\n", -1));
    }

    /** The unfolded value of the one field of that name. */
    static String field(MailMessage message, String name) throws MessagingException {
        return parse(message).getHeader(name, null).replaceAll("\r\n(?=[ \t])", "");
    }

    static MimeMessage parse(MailMessage message) throws MessagingException {
        return new MimeMessage(SESSION, new ByteArrayInputStream(octets(message)));
    }

    /** The content of the n-th alternative. */
    static String part(MailMessage message, int index) throws MessagingException, IOException {
        BodyPart part = ((MimeMultipart) parse(message).getContent()).getBodyPart(index);
        return (String) part.getContent();
    }
}
