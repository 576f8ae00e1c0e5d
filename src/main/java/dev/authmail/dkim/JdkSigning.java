package dev.authmail.dkim;

import java.security.GeneralSecurityException;
import java.security.Signature;

/** The JDK's cryptography. A {@link Signature} is not thread-safe and cheap to get, so each call gets its own. */
final class JdkSigning implements SigningPrimitive {
    @Override
    public String name() {
        return "JDK " + Runtime.version().feature();
    }

    @Override
    public byte[] sign(DkimKey key, byte[] octets) throws GeneralSecurityException {
        Signature primitive = Signature.getInstance(primitive(key.algorithm()));
        primitive.initSign(key.privateKey());
        primitive.update(input(key.algorithm(), octets));
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
