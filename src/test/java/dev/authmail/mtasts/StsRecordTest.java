package dev.authmail.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsRecordTest {
    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            'v=STSv1; id=20160831085700Z;'      | 20160831085700Z | the RFC's own example
            'v=STSv1;id=1'                      | 1               | the last delimiter may be missing
            'v=STSv1; ext=a; id=1; more=b'      | 1               | the order is free, and extensions are let be
            'v=STSv1 ; id=1 ; '                 | 1               | white space around delimiters
            'v=STSv1; id=1; id=!'               | 1               | of a repeated field the first counts
            'v=STSv1; id=12345678901234567890123456789012' | 12345678901234567890123456789012 | 32 characters
            """)
    void announces(String text, String id, String reason) {
        assertThat(StsRecord.parse(text)).as(reason).isEqualTo(new ParsedStsRecord.Valid(new StsRecord(id)));
    }

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | begin  | nothing
            'v=STSv1'                           | id     | a version alone
            'v=STSv1;'                          | id     | … with its delimiter
            'V=STSv1; id=1'                     | begin  | the version is case-sensitive
            'v=STSv2; id=1'                     | begin  | another version
            'v=STSv12; id=1'                    | begin  | a version that begins alike
            'id=1; v=STSv1'                     | begin  | the version comes first
            'v=STSv1; id='                      | field  | an empty id
            'v=STSv1; id=a-b'                   | letters| a hyphen
            'v=STSv1; id=123456789012345678901234567890123' | letters | 33 characters
            'v=STSv1; ID=1'                     | no id  | names are case-sensitive
            'v=STSv1; id=1;; x=y'               | field  | an empty field
            'v=STSv1; id=1; x'                  | field  | no value
            'v=STSv1; id=1; x=a=b'              | field  | an equals sign in a value
            'v=STSv1; id=1; _x=a'               | field  | a name that begins with a low line
            'v=STSv1, id=1'                     | begin  | the wrong delimiter
            """)
    void isNone(String text, String rule, String reason) {
        assertThat(StsRecord.parse(text))
                .as(reason)
                .isInstanceOfSatisfying(
                        ParsedStsRecord.Invalid.class,
                        invalid -> assertThat(invalid.rule()).contains(rule));
    }

    @Test
    void recordsOfOtherKindsAreDroppedAndOneMustBeLeft() {
        assertThat(StsRecord.ofAll(List.of("google-site-verification=x", "v=STSv1; id=1", "v=STSv12; id=2")))
                .isEqualTo(new ParsedStsRecord.Valid(new StsRecord("1")));
        assertThat(StsRecord.ofAll(List.of("v=STSv1; id=1", "v=STSv1; id=2")))
                .isInstanceOf(ParsedStsRecord.Invalid.class);
        assertThat(StsRecord.ofAll(List.of("v=STSv1; id=1", "v=STSv1; broken")))
                .isInstanceOf(ParsedStsRecord.Invalid.class);
        assertThat(StsRecord.ofAll(List.of())).isInstanceOf(ParsedStsRecord.Invalid.class);
    }
}
