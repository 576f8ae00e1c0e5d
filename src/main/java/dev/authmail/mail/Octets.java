package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of octets. */
final class Octets {
    private byte[] octets;
    private int size;

    Octets(int expectedSize) {
        octets = new byte[Math.max(16, expectedSize)];
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
        return Arrays.copyOf(octets, size);
    }

    /** These octets as a message. Nothing is to be added after. */
    MailMessage toMessage() {
        return new MailMessage(octets, size);
    }
}
