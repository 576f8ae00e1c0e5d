package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpTextTest {
    private static final String TOKEN = "ae5qwertyuiopasdfghjklzxcvbnm234567qwertyuiopas";

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            550 <hanako@example.test>: unknown | 550 <…@example.test>: unknown | hanako | an address
            hanako+tag=x.y@example.test ok | …@example.test ok | hanako | a tagged address
            "hanako \\" y"@example.test no | …@example.test no | hanako | a quoted local part
            花子@例え.jp は不明 | …@例え.jp は不明 | 花子 | UTF-8, RFC 6531
            see https://x.test/?e=hanako%40example.test now | see https:…@example.test now | hanako | percent-encoded
            a@b@c.test | …@…@c.test | a@ | two signs
            =?utf-8?B?aGFuYWtv?=@example.test no | …@example.test no | aGFuYWtv | an encoded word
            link https://app.test/verify?uid=u-1&sig=AbC is bad | link https://app.test/verify?… is bad | u-1 | our link
            link https://app.test/verify?token=eyJhbGciOiJFUzI1NiJ9.e30.x | link https://app.test/verify?… | eyJ | our link with a JWT
            see https://support.google.com/mail/?p=NoSuchUser - gsmtp | see https://support.google.com/mail/?p=NoSuchUser - gsmtp | zzz | a provider's page stays
            """)
    void whatServersSayIsShownWithoutSecrets(String text, String shown, String secret, String reason) {
        assertThat(SmtpText.redact(text)).as(reason).isEqualTo(shown).doesNotContain(secret);
    }

    @Test
    void theBounceTokenIsHiddenInAnAddressAndAlone() {
        assertThat(SmtpText.redact("from <bounce+" + TOKEN + "@b.test>")).isEqualTo("from <…@b.test>");
        assertThat(SmtpText.redact("id " + TOKEN + " x")).isEqualTo("id … x");
        assertThat(SmtpText.redact("BOUNCE+" + TOKEN.substring(0, 10) + " x")).isEqualTo("… x");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(textBlock = """
            hanako,       unknown user: hanako,          alone
            hanako+a,     unknown user: HANAKO,          without its tag and in upper case
            '"ha nako"',  unknown user: ha nako,         without its quotes
            """)
    void theRecipientsLocalPartIsHiddenEvenAlone(String localPart, String text, String reason) {
        assertThat(SmtpText.redact(text, new MailAddress(localPart, new Domain("example.test"))))
                .as(reason)
                .isEqualTo("unknown user: …");
    }

    @Test
    void aPartOfAnotherWordStays() {
        assertThat(SmtpText.redact("information of x", new MailAddress("info", new Domain("example.test"))))
                .isEqualTo("information of x");
    }

    @Test
    void controlCharactersAndLineBreaksBecomeSpaces() {
        assertThat(SmtpText.redact("a\r\nb\u0000c\u001b[31md\u202ee\u2028f\ud800g"))
                .isEqualTo("a b c [31md e f g");
    }

    @Test
    void aLongTextIsCutAndKeepsNoHalfAddress() {
        String text = "x ".repeat(1000 - 4) + "hanako@example.test";

        assertThat(SmtpText.redact(text)).hasSize(SmtpText.MAX_LENGTH).endsWith("…");
        assertThat(SmtpText.redact(
                        ("<" + "x".repeat(60) + "@b.test> ").repeat(28) + "hanako-".repeat(20) + "@example.test"))
                .doesNotContain("hanako")
                .endsWith("<…@b.test> …");
        assertThat(SmtpText.redact("😀".repeat(400))).doesNotContain("?").hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void hostileTextsAreQuick() {
        long start = System.nanoTime();

        for (String unit : new String[] {"\"", "\"\\", "http://x?", "%4", "eyJ", "=?a?B?", "a.", "@"}) {
            SmtpText.redact(unit.repeat(100_000));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
}
