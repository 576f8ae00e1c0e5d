package dev.authmail.envelope;

import dev.authmail.event.Base32;
import dev.authmail.event.EventFingerprint;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a text says that should be a token of ours. 29 octets in lower-case base32, 47 characters: format and key number
 * (1), day since 1970-01-01 UTC (2, unsigned), fingerprint of the event (16), HMAC-SHA256 over {@code
 * authmail-envelope-v1}, a line feed and these 19 (first 10).
 */
public sealed interface EnvelopeToken {
    /**
     * Written by us.
     *
     * @param fingerprint of the event whose mail bounced
     * @param day when the mail was composed, UTC
     */
    record Genuine(EventFingerprint fingerprint, LocalDate day) implements EnvelopeToken {}

    /** Has the form of a token, but no key of ours made it. */
    record Forged(String why) implements EnvelopeToken {}

    /** No token at all. */
    record Malformed(String why) implements EnvelopeToken {}

    /** How many characters a token has. */
    int CHARS = 47;

    /**
     * Reads the token of a bounce.
     *
     * @param localPartOrToken {@code bounce+<token>} or the token, in either case
     * @param keys all live keys
     */
    static EnvelopeToken read(String localPartOrToken, EnvelopeKeys keys) {
        var text = localPartOrToken.substring(localPartOrToken.lastIndexOf('+') + 1);
        if (text.length() != CHARS) {
            return new Malformed("a token has " + CHARS + " characters, this has " + text.length());
        }
        return Base32.decode(text)
                .map(octets -> TokenOctets.read(octets, keys))
                .orElseGet(() -> new Malformed("a token is base32"));
    }

    /**
     * The event that a Message-ID tells of; empty when no key of ours made it.
     *
     * @param messageId with or without angle brackets and right part
     * @param keys all live keys
     */
    static Optional<EventFingerprint> readMessageId(String messageId, EnvelopeKeys keys) {
        String left = messageId.strip().replaceFirst("^<", "").replaceFirst("@.*$|>$", "");
        return left.length() == TokenOctets.MESSAGE_ID_CHARS
                ? Base32.decode(left).flatMap(octets -> TokenOctets.readMessageId(octets, keys))
                : Optional.empty();
    }
}
