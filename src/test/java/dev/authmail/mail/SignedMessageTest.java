package dev.authmail.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignedMessageTest {
    private static final String MAIL = "From: a@example.jp\r\n\r\nHello\r\n";

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void fieldsStandOnTopAndTheMessageBelowIsAsItWas(String kind, MailMessage message, String fields) {
        SignedMessage signed = SignedMessage.of(fields.getBytes(US_ASCII), message);

        assertThat(text(signed.octets())).isEqualTo(fields + MAIL);
        assertThat(signed.size()).isEqualTo(fields.length() + MAIL.length());
        assertThat(text(message.octets())).isEqualTo(MAIL);
        assertThat(message.size()).isEqualTo(MAIL.length());
    }

    static Stream<Arguments> messages() {
        String short1 = "DKIM-Signature: b=1\r\n";
        return Stream.of(
                Arguments.of("in the room before it", composed(), short1),
                Arguments.of("in all of that room", composed(), "X".repeat(1534) + "\r\n"),
                Arguments.of("one octet more than there is room", composed(), "X".repeat(1535) + "\r\n"),
                Arguments.of("far more", composed(), "X: y\r\n".repeat(2000)),
                Arguments.of("a message without room", new MailMessage(MAIL.getBytes(US_ASCII)), short1));
    }

    @Test
    void aMessageThatIsSignedTwiceIsTwoSignedMessages() {
        MailMessage message = composed();

        SignedMessage first = SignedMessage.of("DKIM-Signature: b=1\r\n".getBytes(US_ASCII), message);
        SignedMessage second = SignedMessage.of("DKIM-Signature: b=22\r\n".getBytes(US_ASCII), message);

        assertThat(text(first.octets())).isEqualTo("DKIM-Signature: b=1\r\n" + MAIL);
        assertThat(text(second.octets())).isEqualTo("DKIM-Signature: b=22\r\n" + MAIL);
    }

    @Test
    void whoReadsTheOctetsDoesNotMoveThemForTheNext() {
        SignedMessage signed = new SignedMessage(MAIL.getBytes(US_ASCII));

        assertThat(text(signed.octets())).isEqualTo(MAIL);
        assertThat(text(signed.octets())).isEqualTo(MAIL);
        assertThat(signed.octets().isReadOnly()).isTrue();
    }

    private static MailMessage composed() {
        return Octets.ofMessage(16).addAscii(MAIL).toMessage();
    }

    private static String text(ByteBuffer octets) {
        return US_ASCII.decode(octets).toString();
    }
}
