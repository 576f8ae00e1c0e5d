package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import java.util.Optional;

/** A place that a message can be handed to: a relay, or the recipient's own MX hosts. Thread-safe. */
public interface Hop {
    /** The name in settings, routes and records. */
    String name();

    /** Which kind of way it is. */
    Route route();

    /**
     * What keeps every mail to a domain from being offered now, as an offer would say and without asking anybody; empty when
     * only an offer tells. A mail that no hop would be offered need not be made.
     */
    Optional<HopResult.Skipped> obstacle(Domain domain);

    /** Offers the message. Never throws for what servers, DNS or the network do. */
    HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline);
}
