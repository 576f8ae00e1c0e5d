package dev.authmail.mail;

import java.nio.ByteBuffer;

/**
 * A message with its DKIM-Signature fields on top. These octets are the octets on the wire: nothing touches them after
 * this type is made. RFC 6376 §5.
 */
public final class SignedMessage {
    private final ByteBuffer octets;

    /** @param octets the signed message, CRLF lines; copied */
    public SignedMessage(byte[] octets) {
        this(ByteBuffer.wrap(octets.clone()));
    }

    /** The signature fields on top of the message they sign. */
    public static SignedMessage of(byte[] signatureFields, MailMessage message) {
        return new SignedMessage(message.after(signatureFields));
    }

    private SignedMessage(ByteBuffer owned) {
        this.octets = owned.slice().asReadOnlyBuffer();
    }

    /** The octets on the wire (before dot-stuffing), read-only. */
    public ByteBuffer octets() {
        return octets.duplicate();
    }

    /** How many octets it has. */
    public int size() {
        return octets.capacity();
    }
}
