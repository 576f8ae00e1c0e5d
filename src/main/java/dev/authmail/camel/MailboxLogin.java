package dev.authmail.camel;

import dev.authmail.mailbox.Login;
import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.component.mail.MailAuthenticator;

/** Lets camel-mail in: asks for the secret anew at each connection, so that a changed one is taken up. */
public final class MailboxLogin extends MailAuthenticator {
    private final String username;
    private final Login login;

    /**
     * @param username of the mailbox
     * @param login gives its password or token
     */
    public MailboxLogin(String username, Login login) {
        this.username = username;
        this.login = login;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        try {
            return new PasswordAuthentication(username, login.secret());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
