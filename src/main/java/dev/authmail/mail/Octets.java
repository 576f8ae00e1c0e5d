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

    Octets add(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, octets, size, more.length);
        size += more.length;
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
}
