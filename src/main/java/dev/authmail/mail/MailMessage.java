package dev.authmail.mail;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A composed message: header fields, an empty line, body; every line ends in CRLF. Immutable. RFC 5322 §2.1. */
public final class MailMessage {
    private final byte[] octets;
    private final int start;
    private final int size;
    private final AtomicBoolean roomIsTaken = new AtomicBoolean();

    /** @param octets the whole message; copied */
    public MailMessage(byte[] octets) {
        this(octets.clone(), 0, octets.length);
    }

    /** So many octets from {@code start} on, in an array that nobody else may touch. What is before them is free. */
    MailMessage(byte[] octets, int start, int size) {
        this.octets = octets;
        this.start = start;
        this.size = size;
    }

    /** The message as octets, read-only. */
    public ByteBuffer octets() {
        return ByteBuffer.wrap(octets, start, size).slice().asReadOnlyBuffer();
    }

    /** How many octets it has. */
    public int size() {
        return size;
    }

    /** These octets before those of the message: in the room before them if they fit and it is free, else in a copy. */
    ByteBuffer after(byte[] first) {
        byte[] all = octets;
        int from = start - first.length;
        if (from < 0 || !roomIsTaken.compareAndSet(false, true)) {
            all = new byte[first.length + size];
            from = 0;
            System.arraycopy(octets, start, all, first.length, size);
        }
        System.arraycopy(first, 0, all, from, first.length);
        return ByteBuffer.wrap(all, from, first.length + size);
    }
}
