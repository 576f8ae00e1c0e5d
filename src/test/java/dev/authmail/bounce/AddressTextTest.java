package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as they stand in reports and sentences. */
class AddressTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # text                                         | addresses
            <a@b.example>: host c.example said             | a@b.example
            (a@b.example)<mailto:a@b.example>              | a@b.example
            to 'a@b.example', "c@d.example".               | a@b.example c@d.example
            o'neil+tag=x@b.example                         | o'neil+tag=x@b.example
            "a b"@b.example                                | "a b"@b.example
            a@[192.0.2.1]                                  | a@[192.0.2.1]
            宛先：花子@例え.example。                           | 花子@例え.example
            at b.example or @b.example                     | ``
            a@b@c.example                                  | a@b
            """)
    void areFound(String text, String addresses) {
        assertThat(String.join(" ", AddressText.all(text))).isEqualTo(addresses);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # field                              | address
            rfc822; a@b.example                  | a@b.example
            RFC822;<a@b.example> (someone)       | a@b.example
            rfc822;rfc822;a@b.example            | a@b.example
            utf-8; \\x{82B1}@b.example           | 花@b.example
            X-LOCAL; mailbox7                    | mailbox7
            a@b.example                          | a@b.example
            """)
    void ofATypedFieldIsFound(String field, String address) {
        assertThat(AddressText.typed(field)).contains(address);
    }
}
