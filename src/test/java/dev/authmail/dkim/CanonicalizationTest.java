package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables \r \n \t stand for the octets, _ for a space. */
class CanonicalizationTest {
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            SIMPLE  | ''                     | \\r\\n                   | empty body is one CRLF, RFC 6376 §3.4.3
            SIMPLE  | \\r\\n\\r\\n           | \\r\\n                   | only empty lines
            SIMPLE  | a                      | a\\r\\n                  | a missing final CRLF is added
            SIMPLE  | a_\\r\\n\\r\\n         | a_\\r\\n                 | blanks stay, trailing empty lines go
            SIMPLE  | a\\r\\n_\\r\\n         | a\\r\\n_\\r\\n           | a blank line is not an empty line
            SIMPLE  | a\\r                   | a\\r\\r\\n               | a bare CR is an octet like any other
            SIMPLE  | \\r\\na                | \\r\\na\\r\\n            | leading empty lines stay
            RELAXED | ''                     | ''                       | empty body is nothing, RFC 6376 §3.4.4
            RELAXED | \\r\\n\\r\\n           | ''                       | only empty lines
            RELAXED | _\\t\\r\\n_            | ''                       | blank lines become empty and go
            RELAXED | a                      | a\\r\\n                  | a missing final CRLF is added
            RELAXED | a__\\tb_\\r\\n         | a_b\\r\\n                | runs become one space, trailing ones go
            RELAXED | \\ta\\r\\n             | _a\\r\\n                 | leading white space is kept as one space
            RELAXED | a\\r\\n_\\r\\nb\\r\\n  | a\\r\\n\\r\\nb\\r\\n     | empty lines inside stay
            RELAXED | a\\tb\\r\\n            | a_b\\r\\n                | a single tab becomes a space
            RELAXED | a_b__c_d\\r\\n         | a_b_c_d\\r\\n            | single spaces and runs mixed
            RELAXED | a_\\r_b\\r\\n          | a_\\r_b\\r\\n            | a bare CR ends no line
            RELAXED | a\\nb\\r\\n            | a\\nb\\r\\n              | a bare LF ends no line
            RELAXED | é\\r\\n                | é\\r\\n                  | octets over 127 stay
            """)
    void bodyForms(Canonicalization form, String body, String canonical, String why) {
        assertThat(CanonicalText.body(form, octets(body))).isEqualTo(text(canonical));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            SIMPLE  | SubJect_:__x_\\r\\n\\ty\\r\\n | SubJect_:__x_\\r\\n\\ty\\r\\n | nothing changes, RFC 6376 §3.4.1
            RELAXED | SubJect_:__x_\\r\\n\\ty\\r\\n | subject:x_y\\r\\n           | name, fold, blanks, RFC 6376 §3.4.2
            RELAXED | A:\\r\\n_\\r\\n               | a:\\r\\n                    | a value of blanks is empty
            RELAXED | A:_x\\r\\n__y__\\r\\n         | a:x_y\\r\\n                 | trailing blanks go
            RELAXED | A:x\\r\\n                     | a:x\\r\\n                   | nothing to do
            RELAXED | A:_x:y\\r\\n                  | a:x:y\\r\\n                 | only the first colon ends the name
            RELAXED | TITLE:_I\\r\\n                | title:I\\r\\n               | only the name is lower-cased
            RELAXED | A:_é\\r\\n                    | a:é\\r\\n                   | octets over 127 stay
            """)
    void headerForms(Canonicalization form, String field, String canonical, String why) {
        assertThat(CanonicalText.header(form, octets(field))).isEqualTo(text(canonical));
    }

    private static byte[] octets(String shown) {
        return text(shown).getBytes(ISO_8859_1);
    }

    private static String text(String shown) {
        return shown.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("_", " ");
    }
}
