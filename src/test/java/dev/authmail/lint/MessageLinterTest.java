package dev.authmail.lint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail that is fine, and one thing wrong in it each time. */
class MessageLinterTest {
    private static final String HTML = """
            <!DOCTYPE html><html><head><style>.off { color: red } @media (max-width: 9px) { .wide { display:none } }</style>
            <title>t</title></head><body><!--[if mso]><table><tr><td><![endif]-->
            <p class="wide" style="color:#222222">Hello &amp; welcome<br>
            <a href="https://app.example.com/v?a=1&amp;b=2" style="background:#00f;color:#fff">Confirm</a></p>
            <p><a href="https://app.example.com/v?a=1&amp;b=2">https://app.example.com/v?a=1&amp;b=2</a></p>
            <img src="https://app.example.com/l.png" alt=""></body></html>
            """;
    private static final String MAIL = ("""
            From: "Example" <no-reply@mail.example.com>
            To: a@example.org
            Subject: =?UTF-8?Q?Best=C3=A4tigen?=
            Date: Mon, 24 Nov 2025 12:00:00 +0900
            Message-ID: <abc.1@mail.example.com>
            Auto-Submitted: auto-generated
            Feedback-ID: a:b:c:Sender
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hello =E3=81=82, https://app.example.com/v?a=3D1
            --b
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            """ + HTML + "--b--\n").replace("\n", "\r\n");

    @Test
    void aMailThatIsFineHasNoFinding() {
        assertThat(lint(MAIL)).isEmpty();
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            From: "Example" <no-reply@mail.example.com> | From:                          | one-from       | blank
            <no-reply@mail.example.com>  | <a@example.com>, <b@example.com>              | one-from       | two authors
            <no-reply@mail.example.com>  | <a..b@mail.example.com>                       | one-from       | no valid address
            From: "Example"              | From: "Example, Inc. (x)"                     |                | a comma in quotes is no second author
            no-reply@mail.example.com    | example@gmail.com                             | foreign-from   | DMARC of Gmail forbids it
            Subject: =?                  | Subject: x~Subject: =?                        | once-each      | two subjects
            Date: Mon, 24                | X-Date: Mon, 24                               | date           | no date
            Date: Mon, 24 Nov            | Date: Mon, 24 Foo                             | date           | no month
            12:00:00 +0900               | 12:00:00 +0900 (JST)                          |                | a comment is allowed
            Message-ID: <abc             | X-ID: <abc                                    | message-id     | none
            <abc.1@mail.example.com>     | <abc..1@mail.example.com>                     | message-id     | two dots
            <abc.1@mail.example.com>     | abc@mail.example.com                          | message-id     | no brackets
            Auto-Submitted: auto         | Subject2: ü                                   | header-octets  | raw octets
            Auto-Submitted: auto         | no field at all~X: auto                       | header-octets  | a line without a colon
            =?UTF-8?Q?Best=C3=A4tigen?=  | =?UTF-8?Q?Best=C3=A4tigen                     | encoded-word   | not ended
            =?UTF-8?Q?Best=C3=A4tigen?=  | a=?UTF-8?Q?Best?=                             | encoded-word   | glued to a word
            =?UTF-8?Q?Best=C3=A4tigen?=  | =?UTF-8?B?%%%?=                               | encoded-word   | no base64
            =?UTF-8?Q?Best=C3=A4tigen?=  | =?UTF-7x?Q?a?=                                | encoded-word   | no such charset
            "Example" <                  | "=?UTF-8?Q?Best?=" <                          | encoded-word   | within quotes
            <abc.1@mail                  | <=?UTF-8?Q?a?=@mail                           | encoded-word   | in a Message-ID
            MIME-Version: 1.0            | X-Mime: 1.0                                   | mime           | no version
            --b--                        | --c--                                         | mime           | not closed
            charset=utf-8~Content-Transfer-Encoding: quoted-printable | charset=us-ascii~Content-Transfer-Encoding: quoted-printable | mime | another charset than named
            Encoding: 8bit               | Encoding: 8bit                                |                | ASCII may say 8bit
            no-reply@mail.example.com    | a@xn--pypal-4ve.com                           | spoofed-domain | a Cyrillic letter among Latin ones
            no-reply@mail.example.com    | a@xn--r8jz45g.example.com                     |                | scripts of Japanese may mix
            no-reply@mail.example.com    | a$b@mail.example.com                          | exotic-address | Yahoo refuses $
            "Example" <                  | "✔ Example" <                                 | display-name   | a check mark
            "Example" <                  | "support@bank.example" <                      | display-name   | another address
            "Example" <                  | =?UTF-8?Q?Best=C3=A4tigen?= <                 | display-name   | the subject
            Subject: =?                  | Subject: Re: =?                               | subject        | pretends to answer
            Auto-Submitted: auto         | Sender: b@mail.example.com~X: auto            | sender         | not needed
            Auto-Submitted: auto         | List-Unsubscribe: <https://x.example/>~X: auto | list-headers  | bulk mail
            Auto-Submitted: auto         | X: auto                                       | auto-submitted | none
            a:b:c:Sender                 | a:b:Sender                                    | feedback-id    | three fields
            text/plain                   | text/markdown                                 | text-part      | no plain text
            <br>                         | <b>                                           | html-valid     | not closed
            </p>~<img                    | </p></div><img                                | html-valid     | closed without being open
            <br>                         | <script>x</script>                            | html-active    | a script
            style="color:#222222"        | style="Display: None"                         | hidden-content | not displayed
            style="color:#222222"        | style="font-size:0px"                         | hidden-content | no size
            style="color:#222222"        | style="color:white"                           | hidden-content | white on white
            style="color:#222222"        | hidden                                        | hidden-content | the attribute
            .off { color: red }          | .wide { visibility: hidden }                  | hidden-content | by its class
            style="background:#00f;color:#fff" | style="color:#ffffff"                   | hidden-content | a white link on white
            >Confirm</a>                 | ></a>                                         | link-visible   | nothing to see
            >Confirm</a>                 | ><img src="x" alt="Confirm"></a>              |                | a picture with words
            >Confirm</a>                 | >https://bank.example/</a>                    | link-text      | shows another host
            >Confirm</a>                 | >www.bank.example</a>                         | link-text      | the same without a scheme
            https://app.example.com/v?a=3D1 | https://app.example.org/v?a=3D1            | link-host      | another organization than From
            https://app.example.com/v?a=3D1 | https://bit.ly/v                           | link-host      | a shortener
            https://app.example.com/v?a=3D1 | https://192.0.2.1/v                        | link-address   | an IP address
            https://app.example.com/v?a=3D1 | http://app.example.com/v                   | link-scheme    | not https
            """)
    void oneThingWrong(String old, String put, String rule, String reason) {
        String from = crlf(old);
        assertThat(MAIL).as("the row replaces something").contains(from);
        List<LintFinding> findings = lint(MAIL.replaceFirst(Pattern.quote(from), quoted(crlf(put))));

        if (rule == null) {
            assertThat(findings).as(reason).isEmpty();
        } else {
            assertThat(findings).as(reason).extracting(f -> f.rule().id()).contains(rule);
        }
    }

    @Test
    void sizesAndLines() {
        assertThat(rules(MAIL.replace("Feedback-ID", "X: " + "a".repeat(13_000) + "\r\nFeedback-ID")))
                .contains("header-size");
        assertThat(rules(MAIL.replace("Feedback-ID", "X: y\r\n".repeat(100) + "Feedback-ID")))
                .contains("header-size");
        assertThat(rules(MAIL.replace("Hello &amp;", "x".repeat(1000)))).contains("lines");
        assertThat(rules(MAIL.replace("Hello &amp;", "a\nb"))).contains("lines");
        assertThat(rules(MAIL.replace("Hello &amp;", "word \r\n".repeat(20_000))))
                .contains("size");
        assertThat(rules(MAIL.replace("=?UTF-8?Q?Best=C3=A4tigen?=", "=?UTF-8?Q?" + "a".repeat(70) + "?=")))
                .contains("encoded-word");
    }

    @Test
    void utf8InTheHeaderIsFineWithSmtpUtf8() {
        byte[] mail = MAIL.replace("To: a@", "To: \u00c3\u00bc@").getBytes(ISO_8859_1);

        assertThat(MessageLinter.lint(mail, false))
                .extracting(f -> f.rule().id())
                .contains("header-octets");
        assertThat(MessageLinter.lint(mail, true)).isEmpty();
    }

    @Test
    void nothingBreaksTheLinter() {
        assertThat(rules("")).contains("one-from", "date", "message-id");
        assertThat(rules("\r\n\r\n")).contains("one-from");
        assertThat(rules("From: <<<>\r\nContent-Type: text/html\r\n\r\n<a href=\"<\"<<p <!--"))
                .contains("one-from");
    }

    private static List<LintFinding> lint(String mail) {
        return MessageLinter.lint(new String(mail.getBytes(UTF_8), ISO_8859_1).getBytes(ISO_8859_1), false);
    }

    private static List<String> rules(String mail) {
        return lint(mail).stream().map(f -> f.rule().id()).toList();
    }

    private static String crlf(String text) {
        return text.replace("~", "\r\n");
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }
}
