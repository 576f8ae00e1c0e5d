package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.SmtpPhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedReplyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 unknown                                         | 550 | 5.1.1 unknown           | as the server says it
            550-5.1.1 un\\r\\n550 5.1.1 known                         | 550 | 5.1.1 un 5.1.1 known    | two lines, CRLF
            550-5.1.1 un\\n550-5.1.1 kno\\n550 5.1.1 wn               | 550 | 5.1.1 un 5.1.1 kno 5.1.1 wn | three, LF
            550-5.1.1 un 550 5.1.1 known                              | 550 | 5.1.1 un 5.1.1 known    | lines joined by a log
            smtp; 550 5.1.1 unknown                                   | 550 | 5.1.1 unknown           | Diagnostic-Code of RFC 3464
            smtp;550 unknown                                          | 550 | unknown                 | without a space
            x-postfix; host mx.b.test[192.0.2.1] said: 550 unknown    | 550 | unknown                 | Postfix
            'Remote host said: 550 unknown'                           | 550 | unknown                 | qmail
            <<< 550 unknown                                           | 550 | unknown                 | a transcript of sendmail
            '   550 unknown'                                          | 550 | unknown                 | indented
            "550 unknown"                                             | 550 | unknown"                | quoted
            bounced: 550 5.1.1 unknown                                | 550 | 5.1.1 unknown bounced:  | in the middle
            550                                                       | 550 | ''                      | the code alone
            5.1.1 unknown                                             | 550 | 5.1.1 unknown           | the enhanced code alone
            4.2.2 full                                                | 450 | 4.2.2 full              | the same, temporary
            user unknown                                              | 550 | user unknown            | no code at all
            greylisted, try again later                               | 450 | greylisted, try again later | no code, and temporary
            250 2.0.0 OK                                              | 250 | 2.0.0 OK                | accepted
            220 mx.b.test ESMTP then 554 5.7.1 blocked                | 554 | 5.7.1 blocked 220 mx.b.test ESMTP then | a greeting that ends in a refusal
            connect to 192.0.2.1:25: refused by 10.250.1.2            | 550 | connect to 192.0.2.1:25: refused by 10.250.1.2 | numbers that are no codes
            """)
    void theReplyIsFoundInWhatIsPasted(String pasted, int code, String text, String reason) {
        QuotedReply quoted = QuotedReply.parse(pasted.replace("\\r", "\r").replace("\\n", "\n"));

        assertThat(quoted.reply().code()).as(reason).isEqualTo(code);
        assertThat(String.join(" ", quoted.reply().lines()).strip()).as(reason).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            host mx.b.test[192.0.2.1] said: 550 no (in reply to RCPT TO command)     | RCPT     | mx.b.test
            host mx.b.test[192.0.2.1] said: 550 no (in reply to end of DATA command) | DOT      | mx.b.test
            host mx.b.test[192.0.2.1] said: 550 no (in reply to MAIL FROM command)   | MAIL     | mx.b.test
            SMTP error from remote mail server after initial connection: 554 no      | GREETING | -
            550 no - gsmtp                                                           | -        | mx.google.com
            550 no [X.eop-EUR03.prod.protection.outlook.com]                         | -        | mail.protection.outlook.com
            553 see https://postmaster.yahooinc.com/error-codes                      | -        | mta.yahoodns.net
            550 no                                                                   | -        | -
            """)
    void phaseAndHostAreTakenFromTheText(String pasted, SmtpPhase phase, String host) {
        QuotedReply quoted = QuotedReply.parse(pasted);

        assertThat(quoted.phase().orElse(null)).isEqualTo(phase);
        assertThat(quoted.host().orElse(null)).isEqualTo(host);
    }

    @Test
    void nothingThatIsPastedIsTooMuch() {
        assertThat(QuotedReply.parse("").reply().code()).isEqualTo(550);
        assertThat(QuotedReply.parse("\n\r\n \u0000").reply().code()).isEqualTo(550);
        assertThat(QuotedReply.parse("550 " + "メール ".repeat(10_000)).reply().text())
                .as("bounded")
                .hasSizeLessThan(5_000);
    }
}
