package dev.authmail.lint;

import dev.authmail.mail.MailMessage;

/**
 * A mail as the service would send it, to check before it sends any.
 *
 * @param name such as {@code verify-email in ja}
 * @param message with a link that proves nothing
 */
public record SampleMail(String name, MailMessage message) {}
