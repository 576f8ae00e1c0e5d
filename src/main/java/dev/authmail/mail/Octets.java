package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of octets, with room before the first for what is put on top of a message later. */
final class Octets {
    /** Enough for two signature fields, of an RSA key with 2048 bits and an Ed25519 key. */
    private static final int ROOM_ON_TOP = 1536;

    private final int start;
    private byte[] octets;
    private int size; // with the room

    Octets(int expectedSize) {
        this(0, expectedSize);
    }

    private Octets(int start, int expectedSize) {
        this.start = start;
        this.size = start;
        this.octets = new byte[start + Math.max(16, expectedSize)];
    }

    /** Octets that become a message. */
    static Octets ofMessage(int expectedSize) {
        return new Octets(ROOM_ON_TOP, expectedSize);
    }

    Octets add(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
        return this;
    }

    Octets add(int first, int second, int third) {
        reserve(3);
        octets[size] = (byte) first;
        octets[size + 1] = (byte) second;
        octets[size + 2] = (byte) third;
        size += 3;
        return this;
    }

    Octets add(byte[] more) {
        return add(more, 0, more.length);
    }

    Octets add(byte[] more, int offset, int length) {
        reserve(length);
        System.arraycopy(more, offset, octets, size, length);
        size += length;
        return this;
    }

    Octets addAscii(String text) {
        return add(text.getBytes(StandardCharsets.US_ASCII));
    }

    Octets crlf() {
        return add('\r').add('\n');
    }

    private void reserve(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
        }
    }

    byte[] toArray() {
        return Arrays.copyOfRange(octets, start, size);
    }

    /** These octets as a message. Nothing is to be added after. */
    MailMessage toMessage() {
        return new MailMessage(octets, start, size - start);
    }
}
