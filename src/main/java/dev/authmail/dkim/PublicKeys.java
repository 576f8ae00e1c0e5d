package dev.authmail.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** Public keys from the {@code p=} of a key record. RFC 6376 §3.6.1, RFC 8463 §4. */
final class PublicKeys {
    /** RFC 8301 §3.2: verifiers MUST NOT consider signatures good whose RSA key is shorter. */
    static final int MIN_RSA_BITS = 1024;

    private static final int ED25519_LENGTH = 32;

    private PublicKeys() {}

    static Parsed<PublicKey> read(String keyType, String base64) {
        byte[] octets = Base64Text.decode(base64).orElse(new byte[0]);
        if (octets.length == 0) {
            return new Parsed.Bad<>("p= of the key record is not base64");
        }
        return switch (keyType) {
            case "rsa" -> rsa(octets);
            case "ed25519" -> ed25519(octets);
            default -> new Parsed.Bad<>("k= of the key record names an unknown key type");
        };
    }

    /** SubjectPublicKeyInfo is what all publish; RFC 6376 §3.6.1 by its letter means a bare RSAPublicKey. Both do. */
    private static Parsed<PublicKey> rsa(byte[] octets) {
        byte[] info = Der.isRsaPublicKey(octets) ? Der.rsaSubjectPublicKeyInfo(octets) : octets;
        if (key("RSA", info) instanceof Parsed.Good<PublicKey>(RSAPublicKey key)) {
            int bits = key.getModulus().bitLength();
            return bits < MIN_RSA_BITS
                    ? new Parsed.Bad<>("the RSA key has " + bits + " bits, which proves nothing (RFC 8301)")
                    : new Parsed.Good<>(key);
        }
        return new Parsed.Bad<>("p= of the key record is not an RSA key");
    }

    private static Parsed<PublicKey> ed25519(byte[] octets) {
        // RFC 8463 §4: the bare 32 octets, not wrapped as RSA keys are.
        return octets.length == ED25519_LENGTH
                ? key("Ed25519", Der.ed25519SubjectPublicKeyInfo(octets))
                : new Parsed.Bad<>("p= of the key record is not an Ed25519 key of 32 octets");
    }

    private static Parsed<PublicKey> key(String algorithm, byte[] info) {
        try {
            return new Parsed.Good<>(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info)));
        } catch (GeneralSecurityException e) {
            return new Parsed.Bad<>("p= of the key record is not a key");
        }
    }
}
