package dev.authmail.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** The public half of an Ed25519 key. RFC 8032 §5.1.5. */
final class Ed25519 {
    private static final int LENGTH = 32;

    private Ed25519() {}

    static boolean isKey(PrivateKey key) {
        return key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }

    /** The 32 octets of the public key. The JDK derives them only in its generator, which is given the seed to draw. */
    static byte[] publicOctets(EdECPrivateKey key) {
        byte[] seed = key.getBytes().orElseThrow(() -> new IllegalStateException("the Ed25519 key hides its octets"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            byte[] info = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(info, info.length - LENGTH, info.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final transient byte[] seed;

        private Fixed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] octets) {
            System.arraycopy(seed, 0, octets, 0, octets.length);
        }
    }
}
