package dev.authmail.dane;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** As much DER (X.690) as it takes to find the public key in a certificate that the JDK may refuse to read. */
final class Asn1 {
    private static final int SEQUENCE = 0x30;
    private static final int EXPLICIT_0 = 0xa0;

    private Asn1() {}

    /** Whether the octets are one SEQUENCE and nothing behind it, as certificates and public keys are. */
    static boolean isWhole(byte[] der) {
        try {
            ByteBuffer in = ByteBuffer.wrap(der);
            enter(in, SEQUENCE);
            return in.limit() == der.length;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return false;
        }
    }

    /** The SubjectPublicKeyInfo of a certificate. RFC 5280 §4.1. */
    static Optional<byte[]> publicKey(byte[] certificate) {
        try {
            ByteBuffer in = ByteBuffer.wrap(certificate);
            enter(in, SEQUENCE);
            enter(in, SEQUENCE);
            if (tag(in, in.position()) == EXPLICIT_0) {
                skip(in); // version
            }
            for (int field = 0; field < 5; field++) {
                skip(in); // serial number, signature, issuer, validity, subject
            }
            int start = in.position();
            skip(in);
            return tag(in, start) == SEQUENCE
                    ? Optional.of(Arrays.copyOfRange(certificate, start, in.position()))
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static int tag(ByteBuffer in, int position) {
        return in.get(position) & 0xff;
    }

    /** Goes into a value and ends the buffer where the value ends. */
    private static void enter(ByteBuffer in, int tag) {
        if ((in.get() & 0xff) != tag) {
            throw new IllegalArgumentException("not what stands there");
        }
        in.limit(length(in) + in.position());
    }

    private static void skip(ByteBuffer in) {
        in.get();
        int length = length(in);
        in.position(in.position() + length);
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int octets = first & 0x7f; octets > 0; octets--) {
            length = Math.addExact(Math.multiplyExact(length, 256), in.get() & 0xff);
        }
        return length;
    }
}
