package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingNameTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            山田 花子                        | 山田 花子         | a name
            '山田　花子'                     | '山田　花子'      | an ideographic space is how it is written
            J. R. R. Tolkien                 | J. R. R. Tolkien  | initials
            J.R.R. Tolkien                   | J.R.R. Tolkien    | initials without blanks
            O'Brien-Müller                   | O'Brien-Müller    | marks that names have
            '  Hanako   Yamada '             | Hanako Yamada     | blanks are tidied
            'Hanako\\r\\nBcc: x'             | Hanako Bcc: x     | one line
            'a\\u202Eb'                      | a b               | no change of direction
            <b>Hanako</b>                    | <b>Hanako</b>     | markup is escaped later, not judged
            WIN http://spam.example          |                   | an address that mail programs link
            Win at www.spam                  |                   | so is this
            Go to spam.example now           |                   | a bare host too
            無料はspam。jpへ                 |                   | with an ideographic full stop too
            write me@spam                    |                   | a mail address
            '\\t'                            |                   | nothing to see
            ''                               |                   | nothing
            """)
    void onlyAHarmlessNameIsShown(String name, String shown, String reason) {
        assertThat(GreetingName.of(name.replace("\\u202E", "\u202E").translateEscapes()))
                .as(reason)
                .isEqualTo(shown);
    }

    @ParameterizedTest(name = "{0} code points: {1}")
    @CsvSource({"60, true", "61, false"})
    void aNameThatIsASentenceIsNotShown(int codePoints, boolean shown) {
        assertThat(GreetingName.of("😀".repeat(codePoints)) != null).isEqualTo(shown);
    }
}
