package dev.authmail.dkim;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** The raw signature: the one step that another provider of cryptography could do faster. Thread-safe. */
@FunctionalInterface
public interface SigningPrimitive {
    /**
     * Signs what DKIM wants signed.
     *
     * @param octets the canonical header fields and signature field; for Ed25519 the primitive takes their SHA-256 first
     *     (RFC 8463 §3)
     * @return the bare signature
     * @throws GeneralSecurityException when the key cannot sign
     */
    byte[] sign(DkimAlgorithm algorithm, PrivateKey key, byte[] octets) throws GeneralSecurityException;
}
