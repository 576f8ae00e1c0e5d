package dev.authmail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedPrintableTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            'a=b'             | 'a=3Db'               | the escape is escaped
            'a '              | 'a=20'                | a blank at the end of the text
            'a\\t\\r\\nb'     | 'a=09\\r\\nb'         | a tab at the end of a line
            'a b'             | 'a b'                 | a blank inside stays
            'é'               | '=C3=A9'              | UTF-8, upper-case hex
            '.\\r\\n..'       | '=2E\\r\\n=2E.'       | no line begins with a dot
            'From me'         | '=46rom me'           | no line begins like an mbox separator
            'Fromage'         | 'Fromage'             | cheese is fine
            '\\r\\n\\r\\n'    | '\\r\\n\\r\\n'        | empty lines stay
            ''                | ''                    | nothing is nothing
            """)
    void textIsEncoded(String text, String encoded, String reason) {
        assertThat(encode(text.translateEscapes())).as(reason).isEqualTo(encoded.translateEscapes());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(textBlock = """
            76, 76, 0,  a full line needs no break
            77, 76, 2,  one more does
            75, 75, 0,  nor does one less
            151, 76, 76, the second line may be full
            """)
    void longLinesAreBroken(int length, int first, int second, String reason) {
        String[] lines = encode("x".repeat(length)).split("\r\n", -1);

        assertThat(lines[0].length()).as(reason).isEqualTo(first);
        assertThat(lines.length == 1 ? 0 : lines[1].length()).as(reason).isEqualTo(second);
    }

    @Test
    void aBreakInsideALineLeavesNoDotAtTheStart() {
        assertThat(encode("x".repeat(75) + ".xx")).isEqualTo("x".repeat(75) + "=\r\n=2Exx");
    }

    private static String encode(String text) {
        Octets out = new Octets(16);
        QuotedPrintable.encode(text.getBytes(StandardCharsets.UTF_8), out);
        return new String(out.toArray(), StandardCharsets.US_ASCII);
    }
}
