package dev.authmail.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a mail holds about one recipient, before it is known what it means.
 *
 * @param recipient the address
 * @param original the address before it, if another is named
 * @param action what became of the mail, if it is said
 * @param status as the report's own field has it
 * @param diagnostic what the report's own field says was answered, empty when it has none
 * @param texts what else was said, the most telling first: the lines about this recipient, then all
 * @param host the server that said it, empty when nobody knows
 */
record Evidence(
        String recipient,
        Optional<String> original,
        Optional<DeliveryAction> action,
        Optional<String> status,
        String diagnostic,
        List<String> texts,
        String host) {
    Evidence {
        diagnostic = diagnostic.strip();
        texts = texts.stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
    }

    /** What is known from words alone. */
    static Evidence of(String recipient, List<String> texts) {
        return new Evidence(recipient, Optional.empty(), Optional.empty(), Optional.empty(), "", texts, "");
    }

    /** With more that was said, less telling than what is known. */
    Evidence also(List<String> further) {
        List<String> all = new ArrayList<>(texts);
        all.addAll(further);
        return new Evidence(recipient, original, action, status, diagnostic, all, host);
    }
}
