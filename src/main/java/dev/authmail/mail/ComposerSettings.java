package dev.authmail.mail;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in every mail.
 *
 * @param from the one author; ASCII, since not every way to every recipient takes more
 * @param fromName the author's name as shown, at most 100 characters; no subject, no check marks
 * @param replyTo where answers go, or null for the author
 * @param messageIdDomain the right side of Message-IDs, a domain of ours
 * @param feedbackId Gmail's {@code Feedback-ID}, {@code a:b:c:SenderId}, or null
 * @param tlsOptional whether servers on the way are asked to deliver the mail even where the TLS that the recipient's
 *     domain demands cannot be had: {@code TLS-Required: No}. RFC 8689 §5
 * @param messageIdField a field, {@code X-…}, that repeats the Message-ID for a relay that replaces it, or null
 */
public record ComposerSettings(
        MailAddress from,
        @Nullable String fromName,
        @Nullable MailAddress replyTo,
        Domain messageIdDomain,
        @Nullable String feedbackId,
        boolean tlsOptional,
        @Nullable String messageIdField) {
    private static final Pattern EXTENSION = Pattern.compile("X-[A-Za-z0-9-]{1,60}");
    private static final Pattern FEEDBACK_ID = Pattern.compile("(?:[A-Za-z0-9_.-]{0,20}:){3}[A-Za-z0-9_.-]{5,15}");
    private static final int MAX_NAME = 100;

    /** @throws IllegalArgumentException with a sentence that names the setting */
    public ComposerSettings {
        requireAscii("From", from);
        if (replyTo != null) {
            requireAscii("Reply-To", replyTo);
        }
        AddressSyntax.check(messageIdDomain);
        fromName = fromName == null || fromName.isBlank() ? null : Characters.oneLine(fromName);
        if (fromName != null && fromName.length() > MAX_NAME) {
            throw new IllegalArgumentException("The From name is longer than " + MAX_NAME + " characters; shorten it");
        }
        if (feedbackId != null && !FEEDBACK_ID.matcher(feedbackId).matches()) {
            throw new IllegalArgumentException("The Feedback-ID must be a:b:c:SenderId, with a SenderId of 5 to 15"
                    + " letters, digits, dots, hyphens or underscores");
        }
        if (messageIdField != null && !EXTENSION.matcher(messageIdField).matches()) {
            throw new IllegalArgumentException(
                    "The field that repeats the Message-ID must be X-, then letters, digits or hyphens, at most 60");
        }
    }

    /** TLS is what the recipient's domain wants it to be. */
    public ComposerSettings(
            MailAddress from,
            @Nullable String fromName,
            @Nullable MailAddress replyTo,
            Domain messageIdDomain,
            @Nullable String feedbackId) {
        this(from, fromName, replyTo, messageIdDomain, feedbackId, false, null);
    }

    private static void requireAscii(String field, MailAddress address) {
        AddressSyntax.check(address);
        if (address.needsSmtpUtf8()) {
            throw new IllegalArgumentException("The " + field + " address has a local part beyond ASCII; many servers"
                    + " refuse it, so use an ASCII address");
        }
    }
}
