package dev.authmail.dane;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** A public key without a certificate around it. RFC 7671 §5.2.3: a TLSA record 2 1 0. */
final class BareKey {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private BareKey() {}

    /** Reads a SubjectPublicKeyInfo; empty when its algorithm is not one of those that certificates are signed with. */
    static Optional<PublicKey> read(byte[] subjectPublicKeyInfo) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(
                        KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)));
            } catch (GeneralSecurityException e) {
                // Another algorithm's.
            }
        }
        return Optional.empty();
    }
}
