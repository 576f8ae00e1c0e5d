package dev.authmail.smtp;

import dev.authmail.address.MailAddress;

/**
 * Who a message comes from and the one recipient it goes to. RFC 5321 §2.3.1; one recipient a transaction.
 *
 * @param reversePath the MAIL FROM argument
 * @param forwardPath the RCPT TO argument
 */
public record Envelope(MailAddress reversePath, MailAddress forwardPath) {
    /** Whether the transaction needs SMTPUTF8. RFC 6531 §3.4. */
    public boolean needsSmtpUtf8() {
        return reversePath.needsSmtpUtf8() || forwardPath.needsSmtpUtf8();
    }
}
