package dev.authmail.roundtrip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageChangesTest {
    private static final String SENT = """
            DKIM-Signature: v=1; b=abc
            From: Example <no-reply@a.test>
            Subject: Please confirm
            MIME-Version: 1.0

            one
            two
            three
            """;

    /** In the table {@code /} is a line break, {@code ~} a blank. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            three                 | three//          | NOTHING | RFC 6376 §3.4.4: empty lines at the end do not count
            two                   | two~             | NOTHING | nor do blanks at the end of a line
            Subject: Please       | Subject:  Please/ | NOTHING | nor how a field is folded
            DKIM-Signature: v=1   | Received: by b/X-Spam: no/DKIM-Signature: v=1 | NOTHING | servers on the way write on top
            DKIM-Signature: v=1; b=abc/ | EMPTY      | NOTHING | what became of signatures, verifying tells
            Subject: Please       | Subject: [EXT] Please | Subject was changed | a prefix
            Subject: Please confirm/ | EMPTY         | Subject was taken off | a field less
            MIME-Version          | Reply-To: b@b.test/MIME-Version | Reply-To was added | a field more
            MIME-Version          | Subject: another/MIME-Version | Subject was changed | a second one
            three/                | three/four/      | the body got 1 line at its end | a footer of one line
            three/                | three/--/four/   | the body got 2 lines at its end | a footer
            two                   | and/two          | the body got 1 line after line 1 | a banner
            two/                  | EMPTY            | the body lost 1 line after line 1 | a line less
            two                   | deux             | the body is another in 1 line of 3, from line 2 on | another word
            """)
    void whatWasChangedIsToldWithoutItsValue(String replaced, String by, String change, String reason) {
        String arrived = SENT.replace(lines(replaced), lines(by.equals("EMPTY") ? "" : by));
        assertThat(arrived).as("the table replaces something").isNotEqualTo(SENT);

        assertThat(MessageChanges.between(text(SENT), text(arrived)))
                .as(reason)
                .isEqualTo(change.equals("NOTHING") ? List.of() : List.of(change));
    }

    private static String lines(String cell) {
        return cell.replace('/', '\n').replace('~', ' ');
    }

    private static MessageText text(String message) {
        return MessageText.of(message.replace("\n", "\r\n").getBytes(UTF_8));
    }
}
