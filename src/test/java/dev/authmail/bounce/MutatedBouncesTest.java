package dev.authmail.bounce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails with octets changed, torn out, doubled and moved: each is read, soon, and without an exception. */
class MutatedBouncesTest {
    private static final List<String> MAILS = List.of(
            "rfc3464-two-recipients.eml",
            "rfc6533-utf8.eml",
            "arf-abuse.eml",
            "qmail.eml",
            "exim.eml",
            "exchange.eml",
            "japanese-iso2022.eml",
            "japanese-sjis-base64.eml",
            "ses-json.eml",
            "torn-report.eml",
            "receipt.eml");
    private static final int ROUNDS = 60;

    static Stream<String> mails() {
        return MAILS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void aBrokenMailIsRead(String name) {
        byte[] mail = Bounces.octets(name);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] broken = mutated(mail, random);
                assertThat(Bounces.read(broken).kind()).as("round %d", i).isNotNull();
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void aMailThatIsCutAnywhereIsRead(String name) {
        byte[] mail = Bounces.octets(name);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int end = 0; end < mail.length; end += 29) {
                assertThat(Bounces.read(Arrays.copyOf(mail, end)).kind())
                        .as("cut at %d", end)
                        .isNotNull();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@",
                "<a@b.example>",
                "a@b.example ",
                "@",
                "<<<<",
                "550 5.1.1 ",
                "rcpt to:<",
                "Final-Recipient: rfc822; a@b.example\n",
                "could not be delivered to ",
                "\"@",
                "recipient: ",
                "a.b-c_d",
                "(a@b.example",
                "届け",
                "=?UTF-8?B?",
                "In: ",
                "a'a"
            })
    void aWordSaidManyTimesTakesNoLongTime(String word) {
        String text = "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n" + word.repeat(60_000);
        String lines =
                "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n" + (word.repeat(20) + "\n").repeat(3_000);

        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            Bounces.read(text);
            Bounces.read(lines);
        });
    }

    private static byte[] mutated(byte[] mail, SplittableRandom random) {
        byte[] broken = mail.clone();
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            int from = random.nextInt(broken.length);
            int length = random.nextInt(1, 40);
            broken = switch (random.nextInt(4)) {
                case 0 -> with(broken, from, new byte[] {(byte) random.nextInt(256)}, 1);
                case 1 -> with(broken, from, new byte[0], length);
                case 2 ->
                    with(broken, from, Arrays.copyOfRange(broken, from, Math.min(broken.length, from + length)), 0);
                default ->
                    with(
                            broken,
                            random.nextInt(broken.length),
                            "\r\n\t:;=<>@".substring(random.nextInt(10)).getBytes(ISO_8859_1),
                            0);
            };
            if (broken.length == 0) {
                return mail;
            }
        }
        return broken;
    }

    private static byte[] with(byte[] octets, int from, byte[] put, int instead) {
        int rest = Math.min(octets.length, from + instead);
        byte[] out = new byte[from + put.length + octets.length - rest];
        System.arraycopy(octets, 0, out, 0, from);
        System.arraycopy(put, 0, out, from, put.length);
        System.arraycopy(octets, rest, out, from + put.length, octets.length - rest);
        return out;
    }
}
