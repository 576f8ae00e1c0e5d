package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyReaderTest extends ScriptedServerCase {
    @Test
    void allLinesOfAReplyAreKept() {
        server.on("MAIL").reply("550-5.7.1 first", "550-", "550 5.7.1 last").close();

        assertThat(refusal().lines()).containsExactly("5.7.1 first", "", "5.7.1 last");
        assertThat(refusal().enhanced()).contains(new EnhancedStatusCode(5, 7, 1));
    }

    @Test
    void linesMayEndInBareLf() {
        server.on("MAIL").reply("550-one\n550 two");

        assertThat(refusal().lines()).containsExactly("one", "two");
    }

    @Test
    void aCodeMayStandAlone() {
        server.on("MAIL").reply("550");

        assertThat(refusal()).isEqualTo(new SmtpReply(550, java.util.List.of("")));
    }

    @Test
    void charactersThatCouldRewriteALogLineAreReplaced() {
        server.on("MAIL").reply("550 a\tb\u001b[2Jc\u202ed\u2028e\rf\u0000g schön");

        assertThat(refusal().text()).isEqualTo("a�b�[2Jc�d�e�f�g schön");
    }

    @Test
    void aLongButAllowedReplyIsRead() {
        server.on("MAIL").reply(lines(100, "x".repeat(500)));

        assertThat(refusal().lines()).hasSize(100);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("notReplies")
    void whatIsNotAReplyEndsTheTalk(String[] answer, String reason) {
        server.on("MAIL").reply(answer);

        assertThat(offer(TlsPolicy.NONE)).as(reason).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.MAIL);
            assertThat(failed.failure()).isEqualTo(Failure.PROTOCOL);
        });
    }

    static Stream<Arguments> notReplies() {
        return Stream.of(
                Arguments.of(new String[] {"HTTP/1.1 400 Bad Request"}, "another protocol"),
                Arguments.of(new String[] {""}, "an empty line"),
                Arguments.of(new String[] {"25 ok"}, "two digits"),
                Arguments.of(new String[] {"2500 ok"}, "four digits"),
                Arguments.of(new String[] {"650 ok"}, "a code that does not exist"),
                Arguments.of(new String[] {"150 ok"}, "1yz is not used in SMTP"),
                Arguments.of(new String[] {"٢٥٠ ok"}, "digits of another script"),
                Arguments.of(new String[] {"250-ok", "550 no"}, "two codes in one reply"),
                Arguments.of(new String[] {"550 " + "x".repeat(3000)}, "a line too long"),
                Arguments.of(lines(101, "x"), "too many lines"),
                Arguments.of(lines(100, "x".repeat(1000)), "too much in all"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    250-hi\\n250-SIZE 10\\n250 PIPELINING,  SIZE=[10] PIPELINING=[],  the usual
                    250-hi\\n250-size 10,                   SIZE=[10],               lower case
                    250-hi\\n250-AUTH=LOGIN,                AUTH=[LOGIN],            the form before the RFC
                    250-hi\\n250-SIZE 10\\n250 SIZE 20,     SIZE=[10],               said twice: the first holds
                    250-SIZE 10,                           '',                      the first line is no extension
                    250-hi\\n250-,                          =[],                     an empty line does no harm
                    """)
    void capabilitiesAreRead(String reply, String expected, String reason) {
        SmtpReply ehlo = new SmtpReply(
                250,
                Stream.of(reply.split("\\\\n")).map(line -> line.substring(4)).toList());

        var parameters = EhloCapabilities.of(ehlo).parameters();

        assertThat(parameters.entrySet().stream().map(Object::toString))
                .as(reason)
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    private SmtpReply refusal() {
        return ((Refused) offer(TlsPolicy.NONE)).reply();
    }

    private static String[] lines(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "550" + (i == count ? " " : "-") + text)
                .toArray(String[]::new);
    }
}
