package dev.authmail.envelope;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.event.Base32;
import dev.authmail.event.EventId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Makes what a bounce is recognized by: the envelope sender of a mail, {@code bounce+<token>@<bounce domain>} with 54 octets
 * before the @, and the left part of its Message-ID. Thread-safe.
 */
public final class EnvelopeSender {
    private static final String PREFIX = "bounce+";

    private final Domain bounceDomain;
    private final EnvelopeKeys keys;
    private final Clock clock;

    /**
     * @param bounceDomain whose MX takes the bounces
     * @param keys the greatest number signs
     * @param clock says which day it is
     */
    public EnvelopeSender(Domain bounceDomain, EnvelopeKeys keys, Clock clock) {
        this.bounceDomain = bounceDomain;
        this.keys = keys;
        this.clock = clock;
    }

    /** The address that bounces of this event's mail go to. */
    public MailAddress reversePath(EventId event) {
        int number = keys.newest();
        var key = keys.find(number).orElseThrow();
        long day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
        var token = Base32.encode(TokenOctets.write(event.fingerprint(), day, number, key));
        return new MailAddress(PREFIX + token, bounceDomain);
    }

    /**
     * The left part of the Message-ID of this event's mails: stable over attempts as long as the key is the newest, and
     * proof, where it comes back without the envelope sender, that it is ours. RFC 5322 §3.6.4.
     */
    public String messageId(EventId event) {
        int number = keys.newest();
        return Base32.encode(TokenOctets.messageId(
                event.fingerprint(), number, keys.find(number).orElseThrow()));
    }
}
