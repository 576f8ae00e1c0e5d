package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a DNS server on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DkimCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final PrivateKey privateKey = rsa4096();
    private final TxtServer server = server(key("s").publicRecord());

    @TempDir
    private Path dir = Path.of("");

    private static PrivateKey rsa4096() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(4096); // a record of over 700 octets does not fit into UDP
            return generator.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TxtServer server(String record) {
        try {
            return new TxtServer(Map.of(
                    "s._domainkey.a.example", record,
                    "down._domainkey.a.example", "SERVFAIL",
                    "refused._domainkey.a.example", "REFUSED",
                    "empty._domainkey.a.example", "NODATA",
                    "other._domainkey.a.example", "v=spf1 -all"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private DkimKey key(String selector) {
        return DkimKey.of("a.example", selector, DkimAlgorithm.RSA_SHA256, privateKey);
    }

    private byte[] signed(String selector) {
        DkimSigner signer = new DkimSigner(List.of(key(selector)), CLOCK, Duration.ofDays(1));
        SignedMessage signed =
                signer.sign(new MailMessage("From: x@a.example\r\nSubject: s\r\n\r\nbody\r\n".getBytes(UTF_8)));
        byte[] octets = new byte[signed.size()];
        signed.octets().get(octets);
        return octets;
    }

    private Run verify(InputStream in, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "verify";
        all[1] = "--dns=" + server.hostPort();
        System.arraycopy(args, 0, all, 2, args.length);
        return Run.of(new DkimCommand(CLOCK, in), all);
    }

    private Run verify(String... args) {
        return verify(InputStream.nullInputStream(), args);
    }

    @Test
    void aGoodMailIsOneJsonLineAndStatusZero() throws Exception {
        Path file = Files.write(dir.resolve("good.eml"), signed("s"));

        Run run = verify(file.toString());

        assertThat(run.out())
                .isEqualTo("{\"file\":\"" + file + "\",\"result\":\"pass\",\"signatures\":[{\"domain\":"
                        + "\"a.example\",\"selector\":\"s\",\"algorithm\":\"rsa-sha256\",\"result\":\"pass\",\"reason\":"
                        + "\"good signature\"}]}" + System.lineSeparator());
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(textBlock = """
            down,    temperror, SERVFAIL
            refused, temperror, REFUSED
            none,    permerror, NXDOMAIN
            empty,   permerror, no TXT record there
            other,   permerror, a TXT record that is no key
            """)
    void whatTheDnsSaysDecides(String selector, String result, String why) throws Exception {
        Path file = Files.write(dir.resolve("x.eml"), signed(selector));

        Run run = verify(file.toString());

        assertThat(run.out()).contains("\"result\":\"" + result + "\",\"signatures\"");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void everyFileGetsItsLineAndOneBadMailMakesTheStatus() throws Exception {
        Path good = Files.write(dir.resolve("good.eml"), signed("s"));
        byte[] octets = signed("s");
        octets[octets.length - 3] ^= 1;
        Path changed = Files.write(dir.resolve("changed.eml"), octets);
        Path unsigned = Files.writeString(dir.resolve("unsigned.eml"), "From: a@a.example\r\n\r\nx\r\n");

        Run run =
                verify(good.toString(), dir + "/missing.eml", changed.toString(), unsigned.toString(), dir.toString());

        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("\"result\":\"pass\"");
        assertThat(lines.get(1)).contains("\"error\":\"NoSuchFileException");
        assertThat(lines.get(2)).contains("\"result\":\"fail\"");
        assertThat(lines.get(3)).contains("\"result\":\"none\",\"signatures\":[]");
        assertThat(lines.get(4)).contains("\"error\":");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void mailsStoredWithLfVerifyAsTheyWereSent() throws Exception {
        String unix = new String(signed("s"), UTF_8).replace("\r\n", "\n");

        Run run = verify(new ByteArrayInputStream(unix.getBytes(UTF_8)), "-");

        assertThat(run.out()).contains("\"file\":\"-\",\"result\":\"pass\"");
    }

    @ParameterizedTest(name = "--at {0}")
    @CsvSource(textBlock = """
            2026-01-01T12:00:00Z,      pass
            2026-01-02T08:00:00+09:00, pass
            2026-01-03T00:00:00Z,      permerror
            1767225600,                pass
            1767400000,                permerror
            """)
    void theTimeCanBeChosen(String at, String result) {
        Run run = verify(new ByteArrayInputStream(signed("s")), "--at", at, "-");

        assertThat(run.out()).contains("\"result\":\"" + result + "\",\"signatures\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            verify                               | Missing required parameter
            verify --at yesterday x.eml          | --at yesterday is not a time
            verify --at 2026-01-01 x.eml         | is not a time
            verify --dns a:b:c x.eml             | is not HOST:PORT
            verify --dns 127.0.0.1:99999 x.eml   | is not HOST:PORT
            verify --what x.eml                  | Unknown option
            ''                                   | Say what to do
            """)
    void wrongCallsSayWhatIsWrong(String args, String message) {
        String[] words = args.isEmpty() ? new String[0] : args.split(" ");

        Run run = Run.of(new DkimCommand(CLOCK, InputStream.nullInputStream()), words);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void silenceIsTemporary() throws Exception {
        try (TxtServer silent = new TxtServer(Map.of("s._domainkey.a.example", "TIMEOUT"))) {
            Run run = Run.of(
                    new DkimCommand(CLOCK, new ByteArrayInputStream(signed("s"))),
                    "verify",
                    "--dns",
                    silent.hostPort(),
                    "-");

            assertThat(run.out()).contains("\"result\":\"temperror\",\"signatures\"");
        }
    }
}
