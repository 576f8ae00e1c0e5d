package dev.authmail.dkim;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** The JDK's cryptography. A {@link Signature} is not thread-safe and cheap to get, so each call gets its own. */
final class JdkSigning implements SigningPrimitive {
    @Override
    public byte[] sign(DkimAlgorithm algorithm, PrivateKey key, byte[] octets) throws GeneralSecurityException {
        Signature primitive = Signature.getInstance(primitive(algorithm));
        primitive.initSign(key);
        primitive.update(input(algorithm, octets));
        return primitive.sign();
    }

    static String primitive(DkimAlgorithm algorithm) {
        return switch (algorithm) {
            case RSA_SHA256 -> "SHA256withRSA";
            case ED25519_SHA256 -> "Ed25519";
        };
    }

    /** RFC 8463 §3: Ed25519 signs the hash, RSA hashes by itself. */
    static byte[] input(DkimAlgorithm algorithm, byte[] octets) {
        return switch (algorithm) {
            case RSA_SHA256 -> octets;
            case ED25519_SHA256 -> BodyHash.sha256().digest(octets);
        };
    }
}
