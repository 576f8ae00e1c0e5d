package dev.authmail.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFolderTest {
    private static final byte[] SECRET = new byte[] {
        -1, -2, -3, 62, 63, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31
    };

    @TempDir
    Path folder;

    @Test
    void mountedSecretIsReadThroughItsLinks() throws Exception {
        var data = Files.createDirectory(folder.resolve("..2026_11_24"));
        write(data.resolve("2026-11.key"));
        Files.createSymbolicLink(folder.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(folder.resolve("2026-11.key"), Path.of("..data/2026-11.key"));
        write(folder.resolve("2026-09.key"));
        write(folder.resolve(".hidden.key"));
        Files.writeString(folder.resolve("README"), "not a key");
        Files.createDirectory(folder.resolve("folder.key"));

        var keys = KeyFolder.read(folder);

        assertThat(keys.keySet()).containsExactly("2026-09", "2026-11");
        assertThat(keys.values()).allSatisfy(key -> assertThat(key.secret()).isEqualTo(SECRET));
    }

    @Test
    void bothAlphabetsPaddingAndLineEndsAreRead() throws Exception {
        Files.writeString(folder.resolve("a.key"), Base64.getEncoder().encodeToString(SECRET) + "\r\n");
        Files.writeString(folder.resolve("b.key"), Base64.getUrlEncoder().encodeToString(SECRET));

        assertThat(KeyFolder.read(folder).values())
                .allSatisfy(key -> assertThat(key.secret()).isEqualTo(SECRET));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "AAAA, too short",
        "'', empty",
        "hush hush hush hush hush hush hush hush hush hush, no base64",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 31 octets"
    })
    void brokenKeyIsNamedButNotShown(String content, String reason) throws Exception {
        var file = Files.writeString(folder.resolve("a.key"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFolder.read(folder))
                .withMessageContaining(file.toString())
                .withMessageNotContainingAny("hush", "AAAA")
                .withNoCause();
    }

    @Test
    void emptyOrMissingFolderSaysHowToMendIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFolder.read(folder))
                .withMessageContaining("authmail keygen");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFolder.read(folder.resolve("none")))
                .withMessageContaining("does it exist");
    }

    @Test
    void textFormHidesTheSecret() {
        assertThat(new HmacKey(SECRET)).hasToString("HmacKey[***]");
    }

    @Test
    void macIsThatOfRfc4231() {
        // RFC 4231 §4.7, the test case with a key that is long enough here.
        var key = new byte[131];
        java.util.Arrays.fill(key, (byte) 0xaa);
        var message = "Test Using Larger Than Block-Size Key - Hash Key First";

        var mac = new HmacKey(key).mac(message.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(mac)
                .asHexString()
                .isEqualToIgnoringCase("60E431591EE0B67F0D8A26AACBF5B77F8E0BC6213728C5140546040F0EE37F54");
        assertThat(new HmacKey(key).mac(new byte[0], 10)).hasSize(10);
    }

    private static void write(Path file) throws Exception {
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET) + "\n");
    }
}
