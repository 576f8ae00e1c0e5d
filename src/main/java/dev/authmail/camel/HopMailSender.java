package dev.authmail.camel;

import dev.authmail.delivery.Hop;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * camel-mail's door to one hop: {@code smtp:relay?javaMailSender=#relay}. What the hop answers is a value on the message,
 * for the next step to decide on; an exception means that the route is wrong.
 */
public final class HopMailSender implements JavaMailSender {
    private final Hop hop;
    private final Session session = Session.getInstance(new Properties());
    private Properties properties = new Properties();

    /** @param hop where mails go */
    public HopMailSender(Hop hop) {
        this.hop = hop;
        properties.setProperty("authmail.hop", hop.name()); // not empty, so that camel-mail adds none of its own
    }

    /** The hop behind this sender. */
    public Hop hop() {
        return hop;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        if (!(message instanceof SealedMimeMessage sealed)) {
            throw new MessagingException("only a mail that the step signDkim made is sent to the hop " + hop.name());
        }
        sealed.offerTo(hop);
    }

    @Override
    public Properties getJavaMailProperties() {
        return properties;
    }

    @Override
    public void setJavaMailProperties(Properties javaMailProperties) {
        this.properties = javaMailProperties;
    }

    @Override
    public void addAdditionalJavaMailProperty(String key, String value) {
        // settings say how a hop is reached, not endpoint options
    }

    @Override
    public String getHost() {
        return hop.name();
    }

    @Override
    public void setHost(String host) {
        // as above
    }

    @Override
    public int getPort() {
        return 25;
    }

    @Override
    public void setPort(int port) {
        // as above
    }

    @Override
    public @Nullable String getUsername() {
        return null;
    }

    @Override
    public void setUsername(@Nullable String username) {
        // as above
    }

    @Override
    public @Nullable String getPassword() {
        return null;
    }

    @Override
    public void setPassword(@Nullable String password) {
        // as above
    }

    @Override
    public String getProtocol() {
        return "smtp";
    }

    @Override
    public void setProtocol(String protocol) {
        // as above
    }

    @Override
    public Session getSession() {
        return session;
    }

    @Override
    public void setSession(Session other) {
        // as above
    }

    @Override
    public @Nullable MailAuthenticator getAuthenticator() {
        return null;
    }

    @Override
    public void setAuthenticator(@Nullable MailAuthenticator authenticator) {
        // as above
    }
}
