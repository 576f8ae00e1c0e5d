package dev.authmail.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientPolicyTest {
    private final RecipientPolicy policy = new RecipientPolicy();

    @ParameterizedTest
    @ValueSource(strings = {"hanako@例え.jp", "a@b.test", "o'neill+x@example.co.jp", "山田@例え.テスト"})
    void ordinaryAddressesPass(String text) {
        assertThat(policy.parse(text)).isInstanceOf(ParsedAddress.Valid.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "john doe"@example.test | has a quoted local part
            "john"@example.test     | has a quoted local part
            a@[127.0.0.1]           | has an IP address in the place of the domain
            a@localhost             | has a domain without a dot
            a@127.0.0.1             | whose last label no top-level domain can have
            a@bad.tld-2             | whose last label no top-level domain can have
            a@@b.test               | has more than one @
            """)
    void whatTheSyntaxAllowsIsStillRefused(String text, String rule) {
        assertThat(policy.parse(text))
                .isInstanceOfSatisfying(
                        ParsedAddress.Invalid.class, i -> assertThat(i.rule()).contains(rule));
    }
}
