package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails that were made to break a reader: they are read in bounded time, and little is kept of them. */
class HostileMailTest {
    private static final MimeLimits LIMITS = MimeLimits.defaults();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String HEAD = "From: a@b.example\nSubject: s\n";

    static Stream<Arguments> mails() {
        return Stream.of(
                Arguments.of("50 MB of text", HEAD + "\n", "0123456789abcdef\n", 50 << 16, ""),
                Arguments.of("50 MB without an end of a line", HEAD + "\n", "0123456789abcdef", 50 << 16, ""),
                Arguments.of("50 MB of header", HEAD, "X-Long: 0123456789\n", 50 << 16, "\nbody\n"),
                Arguments.of("one field of 50 MB", HEAD + "X-Long: ", "0123456789abcdef", 50 << 16, "\n\nbody\n"),
                Arguments.of(
                        "50 MB of base64",
                        HEAD + "Content-Transfer-Encoding: base64\n\n",
                        "AAAA".repeat(19) + "\n",
                        700_000,
                        ""),
                Arguments.of(
                        "10,000 parts",
                        HEAD + "Content-Type: multipart/mixed; boundary=b\n\n",
                        "--b\n\nx\n",
                        10_000,
                        "--b--\n"),
                Arguments.of(
                        "10,000 multiparts in each other",
                        HEAD,
                        "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
                        10_000,
                        "\nx\n"),
                Arguments.of(
                        "100,000 delimiters alone",
                        HEAD + "Content-Type: multipart/mixed; boundary=b\n\n",
                        "--b\n",
                        100_000,
                        ""),
                Arguments.of("only octets", "", "\0\1\2\377", 1 << 20, ""),
                Arguments.of("only ends of lines", "", "\n", 1 << 20, ""),
                Arguments.of("only CR", "", "\r", 1 << 20, ""),
                Arguments.of("only colons", "", ":", 1 << 20, ""),
                Arguments.of(
                        "HTML of tags that never close",
                        HEAD + "Content-Type: text/html\n\n",
                        "<style><!--<a ",
                        100_000,
                        ""),
                Arguments.of("HTML of brackets", HEAD + "Content-Type: text/html\n\n", "<", 1 << 20, ""),
                Arguments.of("HTML of ampersands", HEAD + "Content-Type: text/html\n\n", "&", 1 << 20, ""),
                Arguments.of("a subject of encoded words", HEAD + "Subject: ", "=?UTF-8?Q?=", 100_000, "\n\n"),
                Arguments.of(
                        "UTF-7 of plus signs",
                        HEAD + "Content-Type: text/plain; charset=utf-7\n\n",
                        "+A",
                        1 << 20,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void isReadInBoundedTimeAndSpace(String name, String head, String piece, int times, String tail) {
        MimeMessage mail = assertTimeoutPreemptively(SOON, () -> {
            MimeMessage read = MimeReader.read(repeated(head, piece, times, tail), LIMITS);
            read.parts().forEach(MimePart::text);
            read.fields().text("Subject");
            return read;
        });

        assertThat(mail.parts()).hasSizeLessThanOrEqualTo(LIMITS.parts());
        long kept = mail.parts().stream().mapToLong(p -> p.octets().length).sum()
                + mail.fields().all().stream()
                        .mapToLong(f -> f.value().length())
                        .sum();
        assertThat(kept).isLessThanOrEqualTo(LIMITS.keptOctets());
    }

    @Test
    void whatIsBehindALargePartIsStillFound() throws IOException {
        String head = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n";
        String tail = "--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b--\n";

        MimeMessage mail = MimeReader.read(repeated(head, "x".repeat(75) + "\n", 500_000, tail), LIMITS);

        assertThat(mail.complete()).isFalse();
        assertThat(mail.parts()).hasSize(2);
        assertThat(mail.parts().getLast().text()).isEqualTo("Action: failed\n");
    }

    @Test
    void aMailLargerThanTheLimitEndsThere() throws IOException {
        MimeLimits small = new MimeLimits(1000, 4000, 4000, 4000, 10, 3);

        MimeMessage mail = MimeReader.read(repeated(HEAD + "\n", "x\n", 10_000, ""), small);

        assertThat(mail.complete()).isFalse();
        assertThat(mail.parts().getFirst().octets().length).isLessThan(1000);
    }

    @Test
    void aMailThatEndsAtTheLimitIsWhole() throws IOException {
        String text = HEAD + "\nbody\n";
        MimeLimits exact = new MimeLimits(text.length(), 4000, 4000, 4000, 10, 3);

        assertThat(MimeReader.read(text.getBytes(ISO_8859_1), exact).complete()).isTrue();
    }

    /** A stream that is never in memory as a whole. */
    private static InputStream repeated(String head, String piece, int times, String tail) {
        byte[] octets = piece.getBytes(ISO_8859_1);
        Enumeration<InputStream> pieces = new Enumeration<>() {
            private int left = times;

            @Override
            public boolean hasMoreElements() {
                return left > 0;
            }

            @Override
            public InputStream nextElement() {
                if (left-- <= 0) {
                    throw new NoSuchElementException();
                }
                return new ByteArrayInputStream(octets);
            }
        };
        return new SequenceInputStream(Collections.enumeration(java.util.List.of(
                new ByteArrayInputStream(head.getBytes(ISO_8859_1)),
                new SequenceInputStream(pieces),
                new ByteArrayInputStream(tail.getBytes(ISO_8859_1)))));
    }
}
