package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;

/** Offers messages to servers, over connections that it may keep and use again. Thread-safe. */
public interface SmtpTransport extends AutoCloseable {
    /** One transaction with one server. Never throws for what a server or the network does. */
    Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline);

    /** Says QUIT on idle connections and closes them. */
    @Override
    void close();
}
