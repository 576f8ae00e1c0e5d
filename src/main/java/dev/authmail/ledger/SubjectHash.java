package dev.authmail.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first sixteen octets of SHA-256 over a subject, which may itself be any text. */
record SubjectHash(long high, long low) {
    static SubjectHash of(String subject) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(subject.getBytes(UTF_8)));
        return new SubjectHash(digest.getLong(), digest.getLong());
    }

    /** For an index; needs the first half alone, which is spread well. */
    static int hash(long high) {
        return (int) high;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
