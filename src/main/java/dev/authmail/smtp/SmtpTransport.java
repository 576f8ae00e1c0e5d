package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;
import java.time.Duration;

/** Offers messages to servers, over connections that it may keep and use again. Thread-safe. */
public interface SmtpTransport extends AutoCloseable {
    /** One transaction with one server. Never throws for what a server or the network does. */
    Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline);

    /**
     * The same for a server that must not keep mails for others waiting.
     *
     * @param patience how long a free connection is waited for; not at all while others have waited in vain
     */
    default Transaction offer(
            SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline, Duration patience) {
        return offer(server, envelope, message, deadline);
    }

    /** Says QUIT on idle connections and closes them. */
    @Override
    void close();
}
