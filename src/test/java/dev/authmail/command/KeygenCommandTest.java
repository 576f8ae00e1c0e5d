package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Master;
import org.xbill.DNS.TXTRecord;

class KeygenCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path dir = Path.of("");

    private static Run keygen(String... args) {
        return Run.of(new KeygenCommand(new SecureRandom(), CLOCK), args);
    }

    private Run dkim(String algorithm) {
        return keygen(
                "dkim",
                "--domain=Example.JP",
                "--selector=s1",
                "--algorithm=" + algorithm,
                "--dir=" + dir.resolve("keys"));
    }

    @Test
    void bothDkimKeysCanBeLoadedAndAreTheOnesPrinted() throws Exception {
        Run run = dkim("both");

        assertThat(run.status()).as(run.err()).isZero();
        DkimKey rsa = DkimKey.load("example.jp", "s1-rsa", DkimAlgorithm.RSA_SHA256, dir.resolve("keys/s1-rsa.pem"));
        DkimKey ed25519 = DkimKey.load(
                "example.jp", "s1-ed25519", DkimAlgorithm.ED25519_SHA256, dir.resolve("keys/s1-ed25519.pem"));
        assertThat(rsa.weakness()).isEmpty();
        assertThat(run.out())
                .contains("Name:   s1-rsa._domainkey.example.jp\n", "Value:  " + rsa.publicRecord() + "\n")
                .contains("Name:   s1-ed25519._domainkey.example.jp\n", "Value:  " + ed25519.publicRecord() + "\n");
    }

    @Test
    void zoneLinesAreReadByADnsServerAsTheValue() throws Exception {
        Run run = dkim("rsa");

        String line = run.out()
                .lines()
                .filter(l -> l.contains(" IN TXT "))
                .findFirst()
                .orElseThrow();
        String value = run.out()
                .lines()
                .filter(l -> l.startsWith("Value:  "))
                .findFirst()
                .orElseThrow();
        TXTRecord record = (TXTRecord)
                new Master(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.US_ASCII))).nextRecord();
        assertThat(record.getName()).hasToString("s1._domainkey.example.jp.");
        assertThat(record.getStrings()).hasSizeGreaterThan(1).allMatch(s -> s.length() <= 255);
        assertThat("Value:  " + String.join("", record.getStrings())).isEqualTo(value);
    }

    @Test
    void keyFilesAreForTheirOwnerAlone() throws Exception {
        dkim("ed25519");
        keygen("url", "--dir=" + dir.resolve("keys"));

        try (Stream<Path> files = Files.list(dir.resolve("keys"))) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void nothingIsOverwrittenNotEvenHalf() throws Exception {
        Files.createDirectories(dir.resolve("keys"));
        Files.writeString(dir.resolve("keys/s1-rsa.pem"), "precious");

        Run run = dkim("both");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("s1-rsa.pem exists and is not overwritten");
        assertThat(dir.resolve("keys/s1-rsa.pem")).hasContent("precious");
        assertThat(dir.resolve("keys/s1-ed25519.pem")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            url,                      2026-11.key
            url --kid app_1,          app_1.key
            code,                     2026-11.key
            code --kid 2026-12,       2026-12.key
            suppression,              2026-11.key
            suppression --kid x,      x.key
            envelope,                 0.key
            envelope --number 15,     15.key
            """)
    void secretsAreThirtyTwoOctetsOfBase64url(String args, String file) throws Exception {
        Run run = keygen((args + " --dir " + dir).split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        String text = Files.readString(dir.resolve(file));
        assertThat(text).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(Base64.getUrlDecoder().decode(text.strip())).hasSize(32);
        assertThat(run.out()).contains(file).doesNotContain(text.strip());
        assertThat(keygen((args + " --dir " + dir).split(" ")).status())
                .as("a second time")
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            url --kid ../x                               | is not 1 to 32
            url --kid 123456789012345678901234567890123  | is not 1 to 32
            envelope --number 16                         | is not from 0 to 15
            envelope --number -1                         | is not from 0 to 15
            dkim --selector s                            | Missing required option
            dkim --domain a..jp --selector s             | --domain a..jp is not a domain name
            dkim --domain a.jp --selector ../s           | DKIM selector
            dkim --domain a.jp --selector s --algorithm dsa | is not rsa, ed25519 or both
            ''                                           | Say which key
            """)
    void wrongCallsSayWhatIsWrong(String args, String message) throws Exception {
        Run run = keygen(args.isEmpty() ? new String[0] : (args + " --dir " + dir).split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void internationalDomainsBecomeALabels() {
        Run run = keygen("dkim", "--domain=例え.jp", "--selector=s1", "--algorithm=ed25519", "--dir=" + dir);

        assertThat(run.out()).contains("Name:   s1._domainkey.xn--r8jz45g.jp\n");
    }
}
