package dev.authmail.dkim;

import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms that may still be used. RFC 6376 §3.3, RFC 8301 §3.1 (rsa-sha1 is gone), RFC 8463 §3. */
public enum DkimAlgorithm {
    /** RSASSA-PKCS1-v1_5 over SHA-256; every verifier knows it. */
    RSA_SHA256("rsa-sha256", "rsa"),
    /** PureEdDSA over the SHA-256 of the signed octets; small and quick, and not yet known everywhere. */
    ED25519_SHA256("ed25519-sha256", "ed25519");

    private final String tag;
    private final String keyType;

    DkimAlgorithm(String tag, String keyType) {
        this.tag = tag;
        this.keyType = keyType;
    }

    /** The value of {@code a=}. */
    public String tag() {
        return tag;
    }

    /** The value of {@code k=} in the key record. RFC 6376 §3.6.1, RFC 8463 §4. */
    public String keyType() {
        return keyType;
    }

    /** The algorithm that a value of {@code a=} names. */
    public static Optional<DkimAlgorithm> fromTag(String tag) {
        return Arrays.stream(values()).filter(a -> a.tag.equals(tag)).findFirst();
    }
}
