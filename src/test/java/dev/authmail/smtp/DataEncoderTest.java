package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Transaction.Accepted;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DataEncoderTest extends ScriptedServerCase {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    a\\r\\n,             a\\r\\n.\\r\\n,              nothing to do
                    a,                  a\\r\\n.\\r\\n,              the last line gets its end
                    '',                 .\\r\\n,                    no line at all
                    .\\r\\n,             ..\\r\\n.\\r\\n,             a lone dot at the start
                    a\\r\\n.\\r\\n,       a\\r\\n..\\r\\n.\\r\\n,       a lone dot within
                    a\\r\\n..b\\r\\n,     a\\r\\n...b\\r\\n.\\r\\n,     two dots
                    a.b\\r\\n,           a.b\\r\\n.\\r\\n,            a dot inside a line
                    a\\r\\n.,            a\\r\\n..\\r\\n.\\r\\n,       a dot at the very end
                    a\\n.b\\r\\n,         a\\n.b\\r\\n.\\r\\n,          LF alone ends no line
                    """)
    void dotsAreStuffedAndNothingElse(String message, String data, String reason) {
        byte[] encoded = DataEncoder.encode(message(unescape(message)));

        assertThat(new String(encoded, UTF_8)).as(reason).isEqualTo(unescape(data));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void theMessageArrivesOctetForOctet(String kind, byte[] octets) {
        assertThat(offer(new SignedMessage(octets))).isInstanceOf(Accepted.class);
        assertThat(server.awaitMails(1).getFirst().octets()).isEqualTo(octets);
    }

    static Stream<Arguments> mails() {
        byte[] allOctets = new byte[258];
        for (int i = 0; i < 256; i++) {
            allOctets[i] = (byte) (i == '\n' || i == '\r' ? 'x' : i);
        }
        allOctets[256] = '\r';
        allOctets[257] = '\n';
        return Stream.of(
                Arguments.of("plain", "Subject: x\r\n\r\nhello\r\n".getBytes(UTF_8)),
                Arguments.of("UTF-8", "Subject: 確認\r\n\r\nようこそ、山田さん\r\n".getBytes(UTF_8)),
                Arguments.of("every octet", allOctets),
                Arguments.of("dots", ".\r\n..\r\n...\r\n.a\r\n\r\n.\r\n".getBytes(UTF_8)),
                Arguments.of("a line of 998", ("." + "x".repeat(997) + "\r\n").getBytes(UTF_8)),
                Arguments.of("a line of 100,000", ("x".repeat(100_000) + "\r\n.\r\n").getBytes(UTF_8)),
                Arguments.of("a megabyte", "0123456789\r\n.\r\n".repeat(70_000).getBytes(UTF_8)));
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
