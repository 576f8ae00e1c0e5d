package dev.authmail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dns.RecordProblem;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmarcRecordTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "v=DMARC1; p=none",
                "v=DMARC1;p=reject;",
                "V \t= DMARC1 ; P = REJECT ;\tsp=none; rua=mailto:a@example.com ,\tmailto:b@example.net!10m ;  ",
                "v=DMARC1; p=quarantine; np=reject; psd=n; t=y; adkim=s; aspf=r; fo=1:d:s; ruf=mailto:a@example.com?subject=x",
                "v=DMARC1; p=none; pct=0; rf=afrf:iodef; ri=86400",
                "v=DMARC1; p=none; unknown=any thing: here!",
                "v=DMARC1; rua=mailto:a@example.com",
                "v=DMARC1; p=none; rua=https://example.com/dmarc"
            })
    void valid(String text) {
        DmarcRecord.Reading reading = DmarcRecord.parse(text);

        assertThat(reading.isValid()).as("%s", reading.problems()).isTrue();
        assertThat(reading.record()).isPresent();
    }

    @ParameterizedTest(name = "{0}: at {1}, {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                              | 0  | nothing at all
            ` v=DMARC1; p=none`             | 0  | a space before the version
            v=dmarc1; p=none                | 0  | the version has upper case
            v=DMARC12; p=none               | 0  | another version
            v=DMARC1 p=none                 | 0  | no semicolon
            p=none; v=DMARC1                | 0  | the version comes first
            v=DMARC1                        | 8  | no policy and no reports
            v=DMARC1;                       | 9  | the same
            v=DMARC1; sp=reject             | 19 | a policy for subdomains is not enough
            v=DMARC1; rua=bogus             | 14 | no scheme
            v=DMARC1; p=nothing             | 12 | no such policy
            v=DMARC1; p=none; sp=           | 18 | no value
            v=DMARC1; p=none; adkim=x       | 24 | neither r nor s
            v=DMARC1; p=none; t=1           | 20 | neither y nor n
            v=DMARC1; p=none; psd=maybe     | 22 | none of the three
            v=DMARC1; p=none; fo=           | 18 | no value
            v=DMARC1; p=none; fo=2          | 21 | no such option
            v=DMARC1; p=none; fo=1:         | 21 | an empty option
            v=DMARC1; p=none; pct=101       | 22 | more than all
            v=DMARC1; p=none; pct=x         | 22 | no number
            v=DMARC1; p=none; ri=-1         | 21 | no number
            v=DMARC1; p=none; ri=4294967296 | 21 | 2^32 is too many
            v=DMARC1; p=none; rf=a-         | 21 | a keyword does not end in a hyphen
            v=DMARC1; p=none;; sp=none      | 17 | an empty element
            v=DMARC1; p=none; p=reject      | 18 | twice
            v=DMARC1; v=DMARC1; p=none      | 10 | twice
            v=DMARC1; p=none; word          | 17 | no equals sign
            v=DMARC1; p=none; x=é           | 17 | not ASCII
            v=DMARC1; p=none; rua=mailto:a@example.com!    | 22 | no size
            v=DMARC1; p=none; rua=mailto:a@example.com!10p | 22 | no such unit
            v=DMARC1; p=none; rua=mailto:a@example.com!9999999999999999999 | 22 | beyond any size
            v=DMARC1; p=none; rua=mailto:a@example.com, b@example.com | 44 | the second has no scheme
            v=DMARC1; p=none; rua=mailto:a@example.com,    | 43 | an empty address
            v=DMARC1; p=none; rua=mailto:example.com       | 22 | no mail address
            v=DMARC1; p=none; ruf=http://example.com/%     | 22 | a broken URI
            """)
    void invalid(String text, int position, String reason) {
        assertThat(DmarcRecord.parse(text).problems().stream()
                        .filter(RecordProblem::isError)
                        .findFirst())
                .get()
                .as(reason)
                .extracting(RecordProblem::position)
                .isEqualTo(position);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            v=DMARC1; p=none; pct=50                       | pct= was removed
            v=DMARC1; sp=none; p=none                      | does not follow v=
            v=DMARC1; rua=mailto:a@example.com             | read as p=none
            v=DMARC1; p=none; rua=mailto:a@example.com!1m  | size limit
            v=DMARC1; p=none; rua=https://example.com/     | mailto: addresses alone
            v=DMARC1; p=none; note=x                       | not known
            """)
    void warnings(String text, String word) {
        DmarcRecord.Reading reading = DmarcRecord.parse(text);

        assertThat(reading.isValid()).isTrue();
        assertThat(reading.problems().stream().map(RecordProblem::what).collect(Collectors.joining("; ")))
                .contains(word);
    }

    @Test
    void receiversPutDefaultsInThePlaceOfWhatTheyCannotRead() {
        DmarcRecord record = DmarcRecord.parse("v=DMARC1; p=reject; adkim=x; sp=oops; rua=mailto:a@example.com,bogus")
                .record()
                .orElseThrow();

        assertThat(record.policy()).isEqualTo(DmarcPolicy.REJECT);
        assertThat(record.subdomainPolicy()).isEqualTo(DmarcPolicy.REJECT);
        assertThat(record.dkimAlignment()).isEqualTo(DmarcRecord.Alignment.RELAXED);
        assertThat(record.aggregateReportUris()).containsExactly("mailto:a@example.com");
    }

    @Test
    void defaultsAreThoseOfTheRfc() {
        DmarcRecord record =
                DmarcRecord.parse("v=DMARC1; p=quarantine; sp=none").record().orElseThrow();

        assertThat(record.nonexistentSubdomainPolicy()).isEqualTo(DmarcPolicy.NONE);
        assertThat(record.spfAlignment()).isEqualTo(DmarcRecord.Alignment.RELAXED);
        assertThat(record.psd()).isEqualTo(DmarcRecord.Psd.UNKNOWN);
        assertThat(record.isTesting()).isFalse();
        assertThat(record.failureReportUris()).isEmpty();
    }
}
