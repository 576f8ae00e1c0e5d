package dev.authmail.testkit;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail as a mail program shows it, read with Jakarta Mail. */
public final class ReadMail {
    private static final Pattern LINK = Pattern.compile("https://\\S+&sig=\\S+");
    private static final Session SESSION = Session.getInstance(new Properties());

    private final MimeMessage message;

    private ReadMail(MimeMessage message) {
        this.message = message;
    }

    /** Reads a mail that a server took. */
    public static ReadMail of(ReceivedMail mail) {
        return of(mail.octets());
    }

    /** Reads a mail, header and body. */
    public static ReadMail of(byte[] mail) {
        try {
            return new ReadMail(new MimeMessage(SESSION, new ByteArrayInputStream(mail)));
        } catch (MessagingException e) {
            throw new IllegalArgumentException("no mail", e);
        }
    }

    public String subject() {
        return ask(MimeMessage::getSubject);
    }

    public String messageId() {
        return ask(MimeMessage::getMessageID);
    }

    /** All fields of that name, as they stand. */
    public List<String> fields(String name) {
        String[] values = ask(m -> m.getHeader(name));
        return values == null ? List.of() : Arrays.asList(values);
    }

    /** The only field of that name. */
    public String field(String name) {
        List<String> all = fields(name);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " fields " + name);
        }
        return all.getFirst();
    }

    /** The text/plain part. */
    public String text() {
        return part(0);
    }

    /** The text/html part. */
    public String html() {
        return part(1);
    }

    /** The auth URL, from the text. */
    public URI link() {
        Matcher found = LINK.matcher(text());
        if (!found.find()) {
            throw new AssertionError("no link in the text");
        }
        return URI.create(found.group());
    }

    private String part(int index) {
        return ask(m -> {
            BodyPart part = ((MimeMultipart) m.getContent()).getBodyPart(index);
            return (String) part.getContent();
        });
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.of(message);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(MimeMessage message) throws MessagingException, IOException;
    }
}
