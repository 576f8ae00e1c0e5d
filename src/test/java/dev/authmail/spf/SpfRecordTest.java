package dev.authmail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dns.RecordProblem;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpfRecordTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "v=spf1",
                "V=SPF1   ",
                "v=spf1 a:x.example/24//64 mx//128 ip4:0.0.0.0/0 ip6:::/0 ip6:::ffff:192.0.2.1/96 -all",
                "v=spf1 exists:%{i}.%{d2r}._spf.%%.example.com. ?all",
                "v=spf1 a:foo:bar/baz.example.com ~all",
                "v=spf1 include:%{d} redirect=%{o} exp=%{h}%%",
                "v=spf1 x-custom.tag_1=%{s}%_%-/any:thing -all",
                "v=spf1 a=303 all=%{d}"
            })
    void valid(String text) {
        assertThat(SpfRecord.parse(text).record()).isPresent();
        assertThat(SpfRecord.parse(text).problems()).noneMatch(RecordProblem::isError);
    }

    @ParameterizedTest(name = "{0}: at {1}, {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            v=spf10 -all                      | 0  | the version ends at a space
            v=spf1 -all.                      | 8  | all with a dot is another word
            v=spf1 all:x.example              | 10 | all takes nothing
            v=spf1 include                    | 14 | without a domain
            v=spf1 include:                   | 15 | with an empty one
            v=spf1 include:x.example/24       | 17 | no prefix length here, so a bad last label
            v=spf1 a:                         | 9  | an empty domain
            v=spf1 a:/24                      | 9  | before a prefix length as well
            v=spf1 a/33                       | 9  | IPv4 has 32 bits
            v=spf1 a/024                      | 9  | no leading zero
            v=spf1 a//129                     | 10 | IPv6 has 128
            v=spf1 a24                        | 7  | no such mechanism
            v=spf1 mx:abc.123                 | 14 | the last label must not be a number
            v=spf1 mx:a.-com                  | 12 | nor begin with a hyphen
            v=spf1 mx:a.com:8080              | 12 | nor hold a colon
            v=spf1 ip4:1.2.3                  | 11 | three numbers
            v=spf1 ip4:1.2.3.4/33             | 18 | too many bits
            v=spf1 ip4:2001:db8::1            | 11 | the wrong family
            v=spf1 ip4:1.2.3.4//24            | 18 | one length only
            v=spf1 ip6:1.2.3.4                | 11 | the wrong family
            v=spf1 ip6:2001:db8:::1           | 11 | three colons
            v=spf1 exists:%{x}.example        | 14 | no such macro
            v=spf1 exists:%{c}.example        | 14 | for explanations only
            v=spf1 exists:%{d0}.example       | 14 | keeps nothing
            v=spf1 exists:a%b.example         | 15 | a bare percent sign
            v=spf1 redirect=                  | 16 | an empty domain
            v=spf1 ?redirect=x.example        | 8  | a modifier has no sign
            v=spf1 exp=a.example exp=b.example| 21 | twice
            v=spf1 =x                         | 7  | a modifier without a name
            v=spf1 9x=y                       | 7  | a name begins with a letter
            v=spf1 foo=%abc                   | 11 | bad macro in an unknown modifier
            v=spf1 a:é.example                | 9  | not ASCII
            """)
    void invalid(String text, int position, String reason) {
        SpfRecord.Reading reading = SpfRecord.parse(text);

        assertThat(reading.record()).as(reason).isEmpty();
        assertThat(reading.problems().stream().filter(RecordProblem::isError).findFirst())
                .get()
                .as(reason)
                .extracting(RecordProblem::position)
                .isEqualTo(position);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            v=spf1 -all ip4:192.0.2.1 | what follows all
            v=spf1 +all               | the whole world
            v=spf1 ptr -all           | ptr should not
            v=spf1 a:museum -all      | one label
            """)
    void warnings(String text, String word) {
        SpfRecord.Reading reading = SpfRecord.parse(text);

        assertThat(reading.record()).isPresent();
        assertThat(reading.problems().stream().map(RecordProblem::what).collect(Collectors.joining()))
                .contains(word);
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        assertThat(SpfRecord.parse("v=spf1 ip4:x a/99 include").problems()).hasSize(3);
    }

    @Test
    void lookupsOfTheRecordAlone() {
        assertThat(SpfRecord.parse("v=spf1 ip4:192.0.2.1 a mx include:x.example redirect=y.example")
                        .record()
                        .orElseThrow()
                        .lookups())
                .isEqualTo(4);
    }
}
