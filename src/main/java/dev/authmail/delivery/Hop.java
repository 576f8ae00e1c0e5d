package dev.authmail.delivery;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;

/** A place that a message can be handed to: a relay, or the recipient's own MX hosts. Thread-safe. */
public interface Hop {
    /** The name in settings, routes and records. */
    String name();

    /** Which kind of way it is. */
    Route route();

    /** Offers the message. Never throws for what servers, DNS or the network do. */
    HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline);
}
