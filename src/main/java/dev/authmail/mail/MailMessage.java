package dev.authmail.mail;

import java.nio.ByteBuffer;

/** A composed message: header fields, an empty line, body; every line ends in CRLF. Immutable. RFC 5322 §2.1. */
public final class MailMessage {
    private final byte[] octets;
    private final int size;

    /** @param octets the whole message; copied */
    public MailMessage(byte[] octets) {
        this(octets.clone(), octets.length);
    }

    /** The first {@code size} octets, which nobody else may touch. */
    MailMessage(byte[] octets, int size) {
        this.octets = octets;
        this.size = size;
    }

    /** The message as octets, read-only. */
    public ByteBuffer octets() {
        return ByteBuffer.wrap(octets, 0, size).slice().asReadOnlyBuffer();
    }

    /** How many octets it has. */
    public int size() {
        return size;
    }
}
