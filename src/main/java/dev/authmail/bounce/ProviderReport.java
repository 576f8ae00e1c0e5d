package dev.authmail.bounce;

import java.util.List;
import java.util.Optional;

/**
 * What a relay that is a provider tells of a mail in fields of its own, before it is known what it means. Providers quote
 * strangers in it.
 *
 * @param kind what it is
 * @param recipients of whom it speaks
 * @param feedbackType of a complaint, such as {@code abuse}. RFC 5965 §3.1
 * @param senders addresses in it that may be an envelope sender of ours
 * @param messageId what in it may be a Message-ID of ours
 */
public record ProviderReport(
        BounceKind kind,
        List<Recipient> recipients,
        Optional<String> feedbackType,
        List<String> senders,
        Optional<String> messageId) {
    public ProviderReport {
        recipients = List.copyOf(recipients);
        senders = List.copyOf(senders);
    }

    /**
     * One recipient. A text that the report does not have is empty.
     *
     * @param address whom the mail was for
     * @param action such as {@code failed}. RFC 3464 §2.3.3
     * @param status such as {@code 5.1.1}. RFC 3463
     * @param said what the recipient's server answered, or what the provider says in its place
     * @param words what else the provider says, such as its own name for this kind of bounce
     */
    public record Recipient(String address, String action, String status, String said, String words) {}
}
