package dev.authmail.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of at least 32 octets that makes HMAC-SHA256. RFC 2104. Immutable; thread-safe; never shows its octets. */
public final class HmacKey {
    /** The shortest secret that is worth the name: as long as the hash. RFC 2104 §3. */
    public static final int MIN_OCTETS = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    /** @param secret at least 32 random octets; copied */
    public HmacKey(byte[] secret) {
        if (secret.length < MIN_OCTETS) {
            throw new IllegalArgumentException(
                    "A key needs at least " + MIN_OCTETS + " random octets, this one has " + secret.length);
        }
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The 32 octets of HMAC-SHA256 over the message. */
    public byte[] mac(byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** The first octets of {@link #mac}. RFC 2104 §5. */
    public byte[] mac(byte[] message, int octets) {
        return Arrays.copyOf(mac(message), octets);
    }

    /** A copy of the secret, for a verifier that must stand alone. */
    public byte[] secret() {
        return secret.getEncoded();
    }

    @Override
    public String toString() {
        return "HmacKey[***]";
    }
}
