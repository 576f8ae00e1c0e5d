package dev.authmail.mail;

import static dev.authmail.mail.Mails.address;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.MailAddress;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read back is what was written, whatever it was; and no line is too long. */
class ComposedMailPropertiesTest {
    private static final int MAILS_PER_SEED = 50;
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "7",
            " ",
            "  ",
            "\t",
            ".",
            "..",
            "=",
            "=?UTF-8?Q?x?=",
            "?=",
            "_",
            "\"",
            "\\",
            "<",
            ">",
            "&",
            ",",
            ":",
            "(",
            "é",
            "ß",
            "日本語",
            "の",
            "髙",
            "　",
            "😀",
            "👩‍👩‍👧",
            "e\u0301",
            "\u00a0",
            "İ",
            "From ",
            "\n.\n",
            "\n",
            "\r\n",
            "\r",
            " \n",
            "\t\r\n",
            "--=_",
            "\0",
            "\u0007",
            "\u0085",
            "https://a.example/?uid=u&sig=x",
            "x".repeat(90),
            "字".repeat(40),
            "word ".repeat(30));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsReadIsWhatWasWritten(long seed) throws Exception {
        Random random = new Random(seed);
        for (int mail = 0; mail < MAILS_PER_SEED; mail++) {
            String at = "seed " + seed + ", mail " + mail;
            String subject = "S" + text(random, 12);
            MailContent content = new MailContent(
                    subject.substring(0, Math.min(subject.length(), MailContent.MAX_SUBJECT))
                            .replaceAll("[\\uD800-\\uDBFF]$", ""),
                    text(random, 60),
                    text(random, 60),
                    "ja");
            String name =
                    ("N" + text(random, 5)).replaceAll("(?s)^(.{0,60}).*", "$1").replaceAll("[\\uD800-\\uDBFF]$", "");
            MailAddress to = random.nextInt(4) == 0 ? address("花子", "xn--r8jz45g.jp") : address("a.b+c", "b.example");

            MailMessage message = Mails.composer(name).compose(content, to, "id-" + mail);

            assertRead(message, content, name, to, at);
            assertLines(message, to.needsSmtpUtf8(), at);
        }
    }

    private static void assertRead(MailMessage message, MailContent content, String name, MailAddress to, String at)
            throws Exception {
        MimeMessage read = Mails.parse(message);
        assertThat(read.getSubject()).as(at).isEqualTo(content.subject());
        InternetAddress from = (InternetAddress) read.getFrom()[0];
        assertThat(from.getPersonal()).as(at).isEqualTo(Characters.oneLine(name));
        assertThat(from.getAddress()).as(at).isEqualTo("accounts@mail.example.jp");
        assertThat(read.getRecipients(RecipientType.TO)).as(at).hasSize(1);
        assertThat(((InternetAddress) read.getRecipients(RecipientType.TO)[0]).getAddress())
                .as(at)
                .isEqualTo(to.wire());
        assertThat(Mails.part(message, 0)).as(at).isEqualTo(new String(TextPart.canonical(content.text()), UTF_8));
        assertThat(Mails.part(message, 1)).as(at).isEqualTo(new String(TextPart.canonical(content.html()), UTF_8));
    }

    private static void assertLines(MailMessage message, boolean utf8, String at) {
        String all = Mails.utf8(message);
        assertThat(all).as(at).endsWith("\r\n");
        assertThat(all.replace("\r\n", "")).as(at).doesNotContain("\r", "\n", "\0");
        assertThat(Stream.of(all.split("\r\n", -1)).filter(line -> !isGood(line, utf8)))
                .as(at)
                .isEmpty();
    }

    private static boolean isGood(String line, boolean utf8) {
        boolean ascii = line.chars().allMatch(c -> c < 128);
        return line.length() <= (line.contains("=?") ? 76 : 78)
                && !line.endsWith(" ")
                && !line.startsWith(".")
                && !line.startsWith("From ")
                && (ascii || (utf8 && line.startsWith("To: ")));
    }

    private static String text(Random random, int maxPieces) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(maxPieces); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
