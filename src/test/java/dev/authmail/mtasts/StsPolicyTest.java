package dev.authmail.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mtasts.StsPolicy.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsPolicyTest {
    @Test
    void theExampleOfTheRfc() {
        assertThat(StsPolicy.parse("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\n"
                        + "mx: backupmx.example.com\r\nmax_age: 604800\r\n"))
                .isEqualTo(new ParsedStsPolicy.Valid(new StsPolicy(
                        Mode.ENFORCE,
                        Duration.ofDays(7),
                        List.of(
                                new MxPattern("mail.example.com"),
                                new MxPattern("*.example.net"),
                                new MxPattern("backupmx.example.com")))));
    }

    // "/" stands for an end of line.
    @ParameterizedTest(name = "{3}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            'version:STSv1/mode:none/max_age:0'                             | NONE    | 0        | none needs no mx
            'max_age: 86400/mx: A.Example/mode: testing/version: STSv1/'    | TESTING | 86400    | any order
            'version: STSv1  /mode: enforce  /mx:  a.example  /max_age: 1 ' | ENFORCE | 1        | white space behind values
            'version: STSv1/mode: none/mode: enforce/max_age: 1'            | NONE    | 1        | the first of a repeated field counts
            'version: STSv1/mode: none/max_age: 5/max_age: x'               | NONE    | 5        | … whatever the second is
            'version: STSv1/mode: none/max_age: 9999999999'                 | NONE    | 31557600 | a year at most
            'version: STSv1/mode: none/max_age: 1/note: grüße aus köln'     | NONE    | 1        | an extension in UTF-8
            """)
    void isAPolicy(String text, Mode mode, long seconds, String reason) {
        assertThat(StsPolicy.parse(text.replace('/', '\n')))
                .as(reason)
                .isInstanceOfSatisfying(ParsedStsPolicy.Valid.class, valid -> {
                    assertThat(valid.policy().mode()).isEqualTo(mode);
                    assertThat(valid.policy().maxAge()).hasSeconds(seconds);
                });
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                         | nothing
            '/'                                                        | an empty line
            'mode:none/max_age:1'                                      | no version
            'version:STSv1/max_age:1'                                  | no mode
            'version:STSv1/mode:none'                                  | no max_age
            'version:STSv2/mode:none/max_age:1'                        | another version
            'version:stsv1/mode:none/max_age:1'                        | the version is case-sensitive
            'version:STSv1/mode:Enforce/max_age:1/mx:a.example'        | the mode is case-sensitive
            'version:STSv1/mode:enforce/max_age:1'                     | enforce without mx
            'version:STSv1/mode:testing/max_age:1'                     | testing without mx
            'version:STSv1/mode:none/max_age:-1'                       | a negative age
            'version:STSv1/mode:none/max_age:12345678901'              | eleven digits
            'version:STSv1/mode:none/max_age:1 d'                      | an age in words
            'version:STSv1/mode:enforce/max_age:1/mx:'                 | an empty mx
            'version:STSv1/mode:enforce/max_age:1/mx:*'                | a wildcard for all the world
            'version:STSv1/mode:enforce/max_age:1/mx:a.*.example'      | a wildcard in the middle
            'version:STSv1/mode:enforce/max_age:1/mx:*a.example'       | a wildcard in part of a label
            'version:STSv1/mode:enforce/max_age:1/mx:.a.example'       | a dot in front
            'version:STSv1/mode:enforce/max_age:1/mx:-a.example'       | a label that begins with a hyphen
            'version:STSv1/mode:enforce/max_age:1/mx:a.example/mx:a b' | one of two hosts is none
            ' version:STSv1/mode:none/max_age:1'                       | white space in front
            'version :STSv1/mode:none/max_age:1'                       | white space before the colon
            'version:STSv1//mode:none/max_age:1'                       | an empty line between
            'version:STSv1/mode:none/max_age:1//'                      | an empty line at the end
            'version:STSv1/mode:none/max_age:1/_x:y'                   | a name that begins with a low line
            '<html>'                                                   | a page
            """)
    void isNone(String text, String reason) {
        assertThat(StsPolicy.parse(text.replace('/', '\n'))).as(reason).isInstanceOf(ParsedStsPolicy.Invalid.class);
    }

    @ParameterizedTest(name = "{0} {2} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            mail.example.com | mail.example.com   | names
            mail.example.com | mail2.example.com  | does not name
            mail.example.com | a.mail.example.com | does not name
            Mail.Example.COM | mail.example.com   | names
            *.example.com    | mail.example.com   | names
            *.example.com    | a.mail.example.com | does not name
            *.example.com    | example.com        | does not name
            *.example.com    | .example.com       | does not name
            *.example.com    | mail.example.org   | does not name
            """)
    void hosts(String pattern, String host, String verdict) {
        ParsedStsPolicy parsed = StsPolicy.parse("version: STSv1\nmode: enforce\nmax_age: 1\nmx: " + pattern);

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedStsPolicy.Valid.class,
                        valid -> assertThat(valid.policy().names(host)).isEqualTo(verdict.equals("names")));
    }
}
