package dev.authmail.dkim;

import java.security.GeneralSecurityException;

/** The raw signature: the one step that another provider of cryptography does faster. Thread-safe. */
public interface SigningPrimitive {
    /** Who makes the signatures, with its version. */
    String name();

    /**
     * Signs what DKIM wants signed.
     *
     * @param octets the canonical header fields and signature field; for Ed25519 the primitive takes their SHA-256 first
     *     (RFC 8463 §3)
     * @return the bare signature
     * @throws GeneralSecurityException when the key cannot sign
     */
    byte[] sign(DkimKey key, byte[] octets) throws GeneralSecurityException;
}
