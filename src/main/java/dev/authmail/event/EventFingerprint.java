package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Sixteen octets that stand for an event where its id would be too long or tell too much: the first half of SHA-256
 * over {@code authmail-id-v1}, a line feed and the id. In the link, the envelope sender and the Message-ID.
 */
public final class EventFingerprint {
    /** How many octets a fingerprint has. */
    public static final int OCTETS = 16;

    private final byte[] octets;

    private EventFingerprint(byte[] octets) {
        this.octets = octets;
    }

    static EventFingerprint of(EventId id) {
        var digest = sha256().digest(("authmail-id-v1\n" + id.value()).getBytes(UTF_8));
        return new EventFingerprint(Arrays.copyOf(digest, OCTETS));
    }

    /**
     * The fingerprint that came back in a token.
     *
     * @param octets 16 octets; copied
     */
    public static EventFingerprint of(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("A fingerprint has 16 octets, not " + octets.length);
        }
        return new EventFingerprint(octets.clone());
    }

    /** A copy of the sixteen octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** 22 characters, as the link has it. RFC 4648 §5, without padding. */
    public String base64url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** 26 lower-case characters, for places where case is lost. RFC 4648 §6, without padding. */
    public String base32() {
        return Base32.encode(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventFingerprint that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return base64url();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
