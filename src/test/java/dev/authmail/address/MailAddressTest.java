package dev.authmail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailAddressTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            user@example.test                  | user@example.test             | as it is
            User.Name+tag@EXAMPLE.Test         | User.Name+tag@example.test    | only the domain is lower-cased
            "john.doe"@example.test            | john.doe@example.test         | quotes that are not needed go
            "a\\x"@example.test                | ax@example.test               | an escape that is not needed goes
            "john doe"@example.test            | "john doe"@example.test       | a blank needs its quotes
            "a@b"@example.test                 | "a@b"@example.test            | the @ in quotes is not the last one
            "a\\"b\\\\c"@example.test          | "a\\"b\\\\c"@example.test     | quote and backslash stay escaped
            "a..b"@example.test                | "a..b"@example.test           | two dots need quotes
            hanako@例え.jp                     | hanako@xn--r8jz45g.jp         | U-labels become A-labels
            a@faß.de                           | a@xn--fa-hia.de               | nontransitional: not fass.de
            a@例え．jp                         | a@xn--r8jz45g.jp              | a full-width dot separates labels
            josé@example.test                  | josé@example.test             | SMTPUTF8
            a@[192.0.2.1]                      | a@[192.0.2.1]                 | IPv4 literal
            a@[ipv6:2001:DB8::1]               | a@[IPv6:2001:db8::1]          | IPv6 literal
            a@[IPv6:::ffff:192.0.2.1]          | a@[IPv6:::ffff:192.0.2.1]     | IPv6 with an IPv4 tail
            a@c--n.com                         | a@c--n.com                    | hyphens 3 and 4 of a plain label
            """)
    void goesOnTheWireInOneForm(String text, String wire, String reason) {
        assertThat(MailAddress.parse(text))
                .isInstanceOfSatisfying(
                        ParsedAddress.Valid.class,
                        v -> assertThat(v.address().wire()).isEqualTo(wire));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            ``                        | is empty
            user                      | has no @
            @example.test             | has nothing before the @
            user@                     | has no domain
            a@b@example.test          | has more than one @
            .a@example.test           | has a dot at the wrong place before the @
            a..b@example.test         | has a dot at the wrong place before the @
            a b@example.test          | cannot stand there
            a(c)@example.test         | cannot stand there
            <a@example.test>          | cannot stand there
            "a"b@example.test         | has quotes that are not closed right before the @
            "a@example.test           | has quotes that are not closed right before the @
            ""@example.test           | has an empty quoted string before the @
            a@example.test.           | has a domain with an empty label
            a@.test                   | has a domain with an empty label
            a@-x.test                 | begins or ends with a hyphen
            a@ex_ample.test           | no domain name can hold
            a@xn--zz--zz.test         | does not decode
            a@[1.2.3.4                | bracket is not closed
            a@[1.2.3.400]             | is no IP address
            a@[IPv6:1::2::3]          | is no IPv6 address
            """)
    void namesTheRuleThatIsBroken(String text, String rule) {
        assertThat(MailAddress.parse(text))
                .isInstanceOfSatisfying(
                        ParsedAddress.Invalid.class, i -> assertThat(i.rule()).contains(rule));
    }

    @ParameterizedTest(name = "U+{0}")
    @CsvSource({"0000", "000A", "000D", "0007", "007F", "0085", "202E", "2028", "D800", "E000", "FDEF"})
    void charactersThatEndALineOrHideAreRefused(String hex) {
        var text = "a" + (char) Integer.parseInt(hex, 16) + "b";

        assertThat(MailAddress.parse(text + "@example.test")).isInstanceOf(ParsedAddress.Invalid.class);
        assertThat(MailAddress.parse("\"" + text + "\"@example.test")).isInstanceOf(ParsedAddress.Invalid.class);
        assertThat(MailAddress.parse("\"a\\" + text + "\"@example.test")).isInstanceOf(ParsedAddress.Invalid.class);
        assertThat(MailAddress.parse("a@" + text + ".test")).isInstanceOf(ParsedAddress.Invalid.class);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            64 | 10  | true  | the longest local part
            65 | 10  | false | one octet too many before the @
            10 | 243 | true  | 254 octets in all
            10 | 244 | false | 255 octets in all
            10 | 300 | false | a domain of 300
            1  | 1000000 | false | a million characters cost nothing
            """)
    void lengthsAreLimited(int local, int domain, boolean valid, String reason) {
        var labels = "a".repeat(50) + ".";
        var name = labels.repeat(domain / 51 + 1).substring(0, domain - 1).replaceAll("\\.$", "a") + "b";

        var parsed = MailAddress.parse("u".repeat(local) + "@" + name);

        assertThat(parsed instanceof ParsedAddress.Valid).isEqualTo(valid);
    }

    @Test
    void localPartIsComposedAndCountedInOctets() {
        assertThat(MailAddress.parse("jose\u0301@example.test"))
                .isEqualTo(new ParsedAddress.Valid(new MailAddress("josé", new Domain("example.test"))));
        assertThat(MailAddress.parse("山".repeat(22) + "@example.test")).isInstanceOf(ParsedAddress.Invalid.class);
    }

    @Test
    void localPartThatGrowsWhenComposedIsMeasuredAfterwards() {
        assertThat(MailAddress.parse("\u0958".repeat(10) + "@example.test")).isInstanceOf(ParsedAddress.Valid.class);
        assertThat(MailAddress.parse("\u0958".repeat(20) + "@example.test")).isInstanceOf(ParsedAddress.Invalid.class);
    }

    @Test
    void anyTextIsJudgedAndNoneThrows() {
        var signs = "a.@\"\\ [](:;<>)-_%+\r\n\0é山\u0301\u0958\ud800\udc00\u200d．。ßxn--1IPv6".toCharArray();
        var random = new java.util.Random(1);
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(signs[random.nextInt(signs.length)]);
            }
            if (MailAddress.parse(text.toString()) instanceof ParsedAddress.Valid(var address)) {
                assertThat(MailAddress.parse(address.wire())).isEqualTo(new ParsedAddress.Valid(address));
            }
        }
    }

    @Test
    void onlyTheLocalPartCallsForSmtpUtf8() {
        assertThat(new MailAddress("山田", new Domain("example.test")).needsSmtpUtf8())
                .isTrue();
        assertThat(new MailAddress("a", new Domain("xn--r8jz45g.jp")).needsSmtpUtf8())
                .isFalse();
    }

    @Test
    void textFormHidesTheLocalPart() {
        assertThat(MailAddress.parse("secret@example.test").toString())
                .contains("…@example.test")
                .doesNotContain("secret");
    }

    @Test
    void noOneBuildsAnAddressThatCarriesASecondCommand() {
        var domain = new Domain("example.test");

        assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress("a>\r\nDATA", domain));
        assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress("a>b", domain));
        assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress("\"a\" b\"", domain));
        assertThatIllegalArgumentException().isThrownBy(() -> new Domain("example.test>\r\nDATA"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Domain("例え.jp"));
    }
}
