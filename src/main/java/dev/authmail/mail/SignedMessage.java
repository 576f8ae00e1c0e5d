package dev.authmail.mail;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message with its DKIM-Signature fields on top. These octets are the octets on the wire: nothing touches them after
 * this type is made. RFC 6376 §5.
 */
public final class SignedMessage {
    private final byte[] octets;

    /** @param octets the signed message, CRLF lines; copied */
    public SignedMessage(byte[] octets) {
        this.octets = octets.clone();
    }

    /** The signature fields on top of the message they sign. */
    public static SignedMessage of(byte[] signatureFields, MailMessage message) {
        byte[] all = Arrays.copyOf(signatureFields, signatureFields.length + message.size());
        message.octets().get(all, signatureFields.length, message.size());
        return new SignedMessage(all, true);
    }

    private SignedMessage(byte[] octets, boolean owned) {
        this.octets = octets;
    }

    /** The octets on the wire (before dot-stuffing), read-only. */
    public ByteBuffer octets() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    /** How many octets it has. */
    public int size() {
        return octets.length;
    }
}
