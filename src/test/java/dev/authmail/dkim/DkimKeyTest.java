package dev.authmail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimKeyTest {
    private static DkimKey load(DkimAlgorithm algorithm, Path pem) {
        return DkimKey.load("example.jp", "s1", algorithm, pem);
    }

    @Test
    void pkcs1AndPkcs8HoldTheSameKey() {
        DkimKey pkcs8 = load(DkimAlgorithm.RSA_SHA256, Fixtures.FOLDER.resolve("rsa2048-pkcs8.pem"));
        DkimKey pkcs1 = load(DkimAlgorithm.RSA_SHA256, Fixtures.FOLDER.resolve("rsa2048-pkcs1.pem"));

        assertThat(pkcs1.publicRecord()).isEqualTo(pkcs8.publicRecord());
        assertThat(pkcs1.weakness()).isEmpty();
        assertThat(pkcs1.recordName()).isEqualTo("s1._domainkey.example.jp");
    }

    @Test
    void publicRecordsCanBeReadBack() {
        for (DkimKey key : new DkimKey[] {Fixtures.rsa(), Fixtures.ed25519()}) {
            assertThat(KeyRecord.parse(key.publicRecord())).isInstanceOf(Parsed.Good.class);
        }
    }

    @Test
    void crlfAndTextBeforeTheBlockDoNoHarm(@TempDir Path dir) throws Exception {
        String pem = Files.readString(Fixtures.FOLDER.resolve("rsa2048-pkcs8.pem"));
        Path windows = Files.writeString(dir.resolve("k.pem"), "Bag Attributes: x\r\n" + pem.replace("\n", "\r\n"));

        assertThat(load(DkimAlgorithm.RSA_SHA256, windows).publicRecord()).contains("k=rsa");
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            none.pem                         | RSA_SHA256     | cannot be read (NoSuchFileException)
            README.md                        | RSA_SHA256     | is not PEM
            rsa2048-pkcs1-encrypted.pem      | RSA_SHA256     | is encrypted
            rsa2048-pkcs8-encrypted.pem      | RSA_SHA256     | is encrypted
            rsa2048-public.pem               | RSA_SHA256     | holds a PUBLIC KEY
            ec-sec1.pem                      | RSA_SHA256     | holds a EC PRIVATE KEY
            ec-pkcs8.pem                     | RSA_SHA256     | is neither an RSA nor an Ed25519 key
            rsa768.pem                       | RSA_SHA256     | has 768 bits
            rsa2048-pkcs8.pem                | ED25519_SHA256 | is of type RSA but ed25519-sha256 is configured
            rfc8463-appendix-a-ed25519.pem   | RSA_SHA256     | but rsa-sha256 is configured
            """)
    void wrongFilesAreRefusedWithTheMend(String file, DkimAlgorithm algorithm, String message) {
        assertThatThrownBy(() -> load(algorithm, Fixtures.FOLDER.resolve(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("selector s1")
                .hasMessageContaining(message);
    }

    @Test
    void aFolderIsNoKey(@TempDir Path dir) {
        assertThatThrownBy(() -> load(DkimAlgorithm.RSA_SHA256, dir)).hasMessageContaining("DKIM key of selector s1");
    }

    @Test
    void damagedBase64IsRefusedWithoutShowingIt(@TempDir Path dir) throws Exception {
        String pem = Files.readString(Fixtures.FOLDER.resolve("rsa2048-pkcs8.pem"));
        Path damaged = Files.writeString(dir.resolve("k.pem"), pem.replace('M', '*'));

        assertThatThrownBy(() -> load(DkimAlgorithm.RSA_SHA256, damaged))
                .hasMessageContaining("is not base64")
                .message()
                .doesNotContain(pem.substring(40, 60));
    }

    @Test
    void shortRsaKeysAreReported() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);

        DkimKey key = DkimKey.of(
                "example.jp",
                "s1",
                DkimAlgorithm.RSA_SHA256,
                generator.generateKeyPair().getPrivate());

        assertThat(key.weakness()).hasValueSatisfying(w -> assertThat(w).contains("1024 bits"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            例え.jp,     s1,      U-labels
            'a b.jp',   s1,      a space
            'a;b.jp',   s1,      a tag separator
            example.jp, 's 1',   a space
            example.jp, '',      empty
            example.jp, ../s1,   a path
            """)
    void namesThatAreNoneAreRefused(String domain, String selector, String why) {
        assertThatThrownBy(() -> DkimKey.load(
                        domain, selector, DkimAlgorithm.RSA_SHA256, Fixtures.FOLDER.resolve("rsa2048-pkcs8.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a DNS name");
    }

    @Test
    void textsNeverShowTheKey() {
        assertThat(Fixtures.rsa()).hasToString("DkimKey[s2026-rsa._domainkey.app.example.jp, rsa-sha256]");
    }
}
