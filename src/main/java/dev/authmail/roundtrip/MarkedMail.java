package dev.authmail.roundtrip;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Envelope;

/**
 * A mail that is known again when it comes back.
 *
 * @param mark stands in Subject and in Message-ID; nobody can guess it, and no two mails have the same
 * @param message as the service signs it
 * @param envelope whom it comes from and goes to
 */
public record MarkedMail(String mark, SignedMessage message, Envelope envelope) {}
