package dev.authmail.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a canonical body. RFC 6376 §3.7.
 *
 * @param base64 the value of {@code bh=}
 * @param length how many octets the whole canonical body has
 */
record BodyHash(String base64, long length) {
    /** @param limit the value of {@code l=}: how many octets are hashed; {@link Long#MAX_VALUE} for all */
    static BodyHash of(MessageOctets message, Canonicalization form, long limit) {
        Counting counting = new Counting(sha256(), limit);
        form.body(message.octets(), message.bodyStart(), counting);
        return new BodyHash(Base64Text.encode(counting.digest.digest()), counting.length);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static final class Counting implements OctetSink {
        private final MessageDigest digest;
        private final long limit;
        private long length;

        private Counting(MessageDigest digest, long limit) {
            this.digest = digest;
            this.limit = limit;
        }

        @Override
        public void write(byte[] octets, int offset, int count) {
            long hashed = Math.min(count, Math.max(0, limit - length));
            digest.update(octets, offset, (int) hashed);
            length += count;
        }
    }
}
