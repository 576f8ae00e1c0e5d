package dev.authmail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptographyTest {
    private static final Random RANDOM = new Random(6376);

    /** Whoever was chosen on this machine; {@link LibcryptoIT} sees to it that it is libcrypto on one that has it. */
    @Test
    void whatWasChosenSignsAsTheJdkDoes() throws Exception {
        List<DkimKey> keys = keys();
        SigningPrimitive chosen = Cryptography.fastest(keys).primitive();

        for (DkimKey key : keys) {
            for (int length : List.of(0, 1, 55, 56, 64, 1_000, 100_000)) {
                byte[] octets = new byte[length];
                RANDOM.nextBytes(octets);
                assertThat(chosen.sign(key, octets))
                        .as("%s with %s of %d octets", chosen.name(), key, length)
                        .isEqualTo(new JdkSigning().sign(key, octets));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            NotThere                          | libcrypto cannot be used: dev.authmail.dkim.NotThere
            CryptographyTest$WithoutLibrary   | libcrypto cannot be used: Cannot open library: libcrypto.so.3
            CryptographyTest$OtherThanTheJdk  | a library signs otherwise than the JDK
            CryptographyTest$CannotReadTheKey | libcrypto cannot be used: libcrypto cannot read the key
            CryptographyTest$CannotSign       | libcrypto cannot be used: libcrypto could not sign
            """)
    void whatDoesNotSignAsTheJdkDoesIsNotUsed(String name, String why) {
        String className = "dev.authmail.dkim." + name;

        Cryptography chosen = Cryptography.fastest(className, List.of(Fixtures.rsa(), Fixtures.ed25519()));

        assertThat(chosen.primitive().name()).startsWith("JDK ");
        assertThat(chosen.why()).isEqualTo(why);
    }

    static List<DkimKey> keys() throws GeneralSecurityException {
        List<DkimKey> keys = new ArrayList<>(List.of(Fixtures.rsa(), Fixtures.ed25519()));
        for (int bits : List.of(1024, 1032, 2048, 3072, 4096)) {
            keys.add(DkimKey.of("a.example", "rsa" + bits, DkimAlgorithm.RSA_SHA256, made("RSA", bits)));
        }
        for (int i = 0; i < 20; i++) {
            keys.add(DkimKey.of("a.example", "ed" + i, DkimAlgorithm.ED25519_SHA256, made("Ed25519", 255)));
        }
        return keys;
    }

    private static PrivateKey made(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    /** As when the system has no such library. */
    static final class WithoutLibrary extends Stand {
        WithoutLibrary() {
            throw new IllegalArgumentException("Cannot open library: libcrypto.so.3");
        }
    }

    /** A library that works, but signs something else. */
    static final class OtherThanTheJdk extends Stand {
        @Override
        public byte[] sign(DkimKey key, byte[] octets) {
            return new byte[256];
        }
    }

    /** A library that does not know the kind of key. */
    static final class CannotReadTheKey extends Stand {
        @Override
        public byte[] sign(DkimKey key, byte[] octets) {
            throw new IllegalArgumentException("libcrypto cannot read the key");
        }
    }

    /** A library that was built without the algorithm. */
    static final class CannotSign extends Stand {
        @Override
        public byte[] sign(DkimKey key, byte[] octets) throws GeneralSecurityException {
            throw new GeneralSecurityException("libcrypto could not sign");
        }
    }

    abstract static class Stand implements SigningPrimitive {
        @Override
        public String name() {
            return "a library";
        }

        @Override
        public byte[] sign(DkimKey key, byte[] octets) throws GeneralSecurityException {
            return new JdkSigning().sign(key, octets);
        }
    }
}
