package dev.authmail.mail;

import static dev.authmail.mail.Mails.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.address.Domain;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {
    private static final String GOLDEN = """
            From: "Example" <accounts@mail.example.jp>
            To: hanako@example.com
            Subject: Confirm your address
            Date: Thu, 5 Nov 2026 06:07:08 +0000
            Message-ID: <id-1@mail.example.jp>
            Reply-To: support@example.jp
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Language: en
            Content-Type: multipart/alternative;
             boundary="BOUNDARY"

            --BOUNDARY
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hello=20
            =2E
            https://a.example/?u=3D1
            --BOUNDARY
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+44GT44KT44Gr44Gh44GvPC9wPg==
            --BOUNDARY--
            """;

    @Test
    void theWholeMessageIsAsTheRfcsWriteIt() {
        MailMessage message = Mails.compose(
                "Confirm your address",
                "Hello \n.\nhttps://a.example/?u=1",
                "<p>こんにちは</p>",
                address("hanako", "example.com"));

        assertThat(Mails.utf8(message).replaceAll("=_[0-9a-f]{30}", "BOUNDARY"))
                .isEqualTo(GOLDEN.replace("\n", "\r\n"));
    }

    @Test
    void theSameMailOfTheSameMomentIsTheSameOctets() {
        var to = address("hanako", "example.com");

        assertThat(Mails.octets(Mails.compose("s", "t", "h", to)))
                .isEqualTo(Mails.octets(Mails.compose("s", "t", "h", to)));
    }

    @Test
    void theDateIsEnglishInEveryLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("th-TH-u-nu-thai"));

            MailMessage message = Mails.compose("s", "t", "h", address("a", "b.example"));

            assertThat(Mails.field(message, "Date")).isEqualTo("Thu, 5 Nov 2026 06:07:08 +0000");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void onlyTheToOfAnSmtpUtf8RecipientIsBeyondAscii() {
        MailMessage message = Mails.compose("件名", "本文", "<p>本文</p>", address("花子", "xn--r8jz45g.jp"));

        assertThat(Mails.headerLines(message)).contains("To: 花子@xn--r8jz45g.jp");
        assertThat(Mails.utf8(message).replace("To: 花子@", "").chars()).allMatch(c -> c < 128);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            Example                 | "Example"                                   | ASCII is a quoted string
            Example, Inc. (Tokyo)   | "Example, Inc. (Tokyo)"                     | specials need no more
            the "best" \\ shop      | "the \\"best\\" \\\\ shop"                  | quotes and backslashes are escaped
            例え株式会社            | =?UTF-8?B?5L6L44GI5qCq5byP5Lya56S+?=        | Japanese is shorter in B
            Le Café de Paris        | =?UTF-8?Q?Le_Caf=C3=A9_de_Paris?=           | French is shorter in Q
            =?UTF-8?Q?x?=           | =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=            | what looks encoded is not decoded twice
            """)
    void theAuthorsNameIsAPhrase(String name, String phrase, String reason) throws Exception {
        MailMessage message =
                Mails.composer(name).compose(new MailContent("s", "t", "h", null), address("a", "b.example"), "id-1");

        assertThat(Mails.field(message, "From")).as(reason).isEqualTo(phrase + " <accounts@mail.example.jp>");
    }

    @Test
    void aMailThatMustArriveSaysThatTlsIsNotRequired() throws Exception {
        var settings = new ComposerSettings(
                address("a", "example.jp"), null, null, new Domain("example.jp"), null, true, null);
        MailMessage message = new MailComposer(settings, Mails.CLOCK)
                .compose(new MailContent("s", "t", "h", null), address("a", "b.example"), "id-1");

        assertThat(Mails.field(message, "TLS-Required")).isEqualTo("No");
    }

    @Test
    void theMessageIdIsRepeatedForARelayThatReplacesIt() throws Exception {
        var settings = new ComposerSettings(
                address("a", "example.jp"), null, null, new Domain("example.jp"), null, false, "X-PM-Metadata-id");
        MailMessage message = new MailComposer(settings, Mails.CLOCK)
                .compose(new MailContent("s", "t", "h", null), address("a", "b.example"), "id-1");

        assertThat(Mails.field(message, "X-PM-Metadata-id")).isEqualTo("id-1@example.jp");
        assertThat(Mails.field(message, "Message-ID")).isEqualTo("<id-1@example.jp>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message-ID", "X-", "X-a: b", "X-a\r\nBcc"})
    void onlyAnExtensionFieldMayRepeatIt(String field) {
        assertThatThrownBy(() -> new ComposerSettings(
                        address("a", "example.jp"), null, null, new Domain("example.jp"), null, false, field))
                .hasMessageContaining("must be X-");
    }

    @Test
    void aFeedbackIdIsWrittenWhenItIsSet() throws Exception {
        var settings = new ComposerSettings(
                address("a", "example.jp"), null, null, new Domain("example.jp"), "verify::ja:authmail");
        MailMessage message = new MailComposer(settings, Mails.CLOCK)
                .compose(new MailContent("s", "t", "h", null), address("a", "b.example"), "id-1");

        assertThat(Mails.field(message, "Feedback-ID")).isEqualTo("verify::ja:authmail");
        assertThat(Mails.field(message, "From")).isEqualTo("a@example.jp");
        assertThat(Mails.parse(message).getHeader("Reply-To")).isNull();
        assertThat(Mails.parse(message).getHeader("Content-Language")).isNull();
        assertThat(Mails.parse(message).getHeader("TLS-Required")).isNull();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            'a\\r\\nBcc: x@evil.example'       | a line end starts a field
            'a\\nb'                            | a bare LF too
            'a\\rb'                            | a bare CR too
            'a\\0b'                            | NUL
            'a b'                              | a blank outside quotes
            'a>,<b'                            | the end of an address
            '.a'                               | a dot at the start
            'a..b'                             | two dots
            'a.'                               | a dot at the end
            '.'                                | a lone dot
            '"a\\nb"'                          | a line end inside quotes
            '"a"b"'                            | a quote inside quotes
            'a{LS}b'                           | a line separator
            """)
    void aLocalPartThatCouldBeginAFieldIsRefused(String escaped, String reason) {
        String local = escaped.replace("{LS}", "\u2028").translateEscapes();

        assertThatThrownBy(() -> Mails.compose("s", "t", "h", address(local, "b.example")))
                .as(reason)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("evil.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.example\r\nBcc: x", "b example", "", "b..example", "例え.jp", "[1.2.3.4", "b.example>"})
    void aDomainThatCouldBeginAFieldIsRefused(String domain) {
        assertThatThrownBy(() -> Mails.compose("s", "t", "h", address("a", domain)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a@b", "a\r\nX: y", ".a", "a..b", "<a>", "あ"})
    void aMessageIdThatIsNoneIsRefused(String left) {
        assertThatThrownBy(() -> Mails.composer("E")
                        .compose(new MailContent("s", "t", "h", null), address("a", "b.example"), left))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            'Hi\\r\\nBcc: x@evil.example'  | Hi Bcc: x@evil.example | a line end is a space
            'Hi\\0there'                   | Hi there               | so is a control character
            '  Hi   there  '               | Hi there               | blanks are tidied
            '.'                            | .                      | a lone dot is a subject
            """)
    void aSubjectIsOneLine(String escaped, String subject, String reason) throws Exception {
        String raw = escaped.translateEscapes();

        MailMessage message = Mails.compose(raw, "t", "h", address("a", "b.example"));

        assertThat(Mails.parse(message).getSubject()).as(reason).isEqualTo(subject);
        assertThat(Mails.parse(message).getHeader("Bcc")).isNull();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(textBlock = """
            0,      1,      1,      an empty subject
            501,    1,      1,      a subject that no list shows
            1,      524289, 1,      a text beyond the limit
            1,      1,      524289, an HTML part beyond the limit
            """)
    void contentHasLimits(int subject, int text, int html, String reason) {
        assertThatThrownBy(() -> new MailContent("s".repeat(subject), "t".repeat(text), "h".repeat(html), null))
                .as(reason)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ja_JP", "ja\r\nX: y", "日本語", "a", "ja-"})
    void aLanguageTagIsOneOfBcp47(String tag) {
        assertThatThrownBy(() -> new MailContent("s", "t", "h", tag)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAuthorBeyondAsciiIsABrokenSetting() {
        assertThatThrownBy(() ->
                        new ComposerSettings(address("花子", "example.jp"), null, null, new Domain("example.jp"), null))
                .hasMessageContaining("From address")
                .hasMessageContaining("ASCII");
    }

    @Test
    void nothingShowsTheContents() {
        assertThat(new MailContent("secret", "secret", "secret", "ja")).hasToString("MailContent[ja]");
    }

    @Test
    void fieldsStandOnce() {
        String header = String.join("\n", Mails.headerLines(Mails.compose("s", "t", "h", address("a", "b.example"))));

        for (String name : List.of("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")) {
            assertThat(("\n" + header).split("\n" + name + ":", -1)).as(name).hasSize(2);
        }
        assertThat(header).doesNotContain("List-", "X-Mailer", "Bcc", "Cc:");
    }
}
