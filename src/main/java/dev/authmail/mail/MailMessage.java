package dev.authmail.mail;

import java.nio.ByteBuffer;

/** A composed message: header fields, an empty line, body; every line ends in CRLF. Immutable. RFC 5322 §2.1. */
public final class MailMessage {
    private final byte[] octets;

    /** @param octets the whole message; copied */
    public MailMessage(byte[] octets) {
        this.octets = octets.clone();
    }

    /** The message as octets, read-only. */
    public ByteBuffer octets() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    /** How many octets it has. */
    public int size() {
        return octets.length;
    }
}
