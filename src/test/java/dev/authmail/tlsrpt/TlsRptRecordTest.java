package dev.authmail.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsRptRecordTest {
    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            'v=TLSRPTv1; rua=mailto:reports@example.com'  | mailto:reports@example.com | the RFC's first example
            'v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt' | https://reporting.example.com/v1/tlsrpt | … and its second
            'v=TLSRPTv1;rua=mailto:a@x.example , https://x.example/t;' | mailto:a@x.example https://x.example/t | two addresses
            'v=TLSRPTv1; ext=a; rua=mailto:a@x.example; more=b' | mailto:a@x.example | extensions are let be
            'v=TLSRPTv1; rua=mailto:a%2Cb@x.example'      | mailto:a%2Cb@x.example     | a comma is percent-encoded
            """)
    void asks(String text, String uris, String reason) {
        List<URI> rua = Arrays.stream(uris.split(" ")).map(URI::create).toList();
        assertThat(TlsRptRecord.parse(text)).as(reason).isEqualTo(new ParsedTlsRptRecord.Valid(new TlsRptRecord(rua)));
    }

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                             | begin | nothing
            'v=TLSRPTv1'                                   | rua   | a version alone
            'v=TLSRPTv2; rua=mailto:a@x.example'           | begin | another version
            'V=TLSRPTv1; rua=mailto:a@x.example'           | begin | the version is case-sensitive
            'rua=mailto:a@x.example; v=TLSRPTv1'           | begin | the version comes first
            'v=TLSRPTv1; RUA=mailto:a@x.example'           | rua   | names are case-sensitive
            'v=TLSRPTv1; rua='                             | rua   | no address
            'v=TLSRPTv1; rua=a@x.example'                  | rua   | no scheme
            'v=TLSRPTv1; rua=mailto:a@x.example,'          | rua   | an empty address
            'v=TLSRPTv1; rua=mailto:a@x.example!10m'       | rua   | a size limit belongs to DMARC
            'v=TLSRPTv1; rua=mailto:a@x.example x=y'       | rua   | a space in an address
            'v=TLSRPTv1; rua=mailto:ä@x.example'           | rua   | not ASCII
            'v=TLSRPTv1; rua=mailto:a@x.example;; x=y'     | field | an empty field
            'v=TLSRPTv1; rua=mailto:a@x.example; x='       | field | an extension without a value
            """)
    void doesNotAsk(String text, String rule, String reason) {
        assertThat(TlsRptRecord.parse(text))
                .as(reason)
                .isInstanceOfSatisfying(
                        ParsedTlsRptRecord.Invalid.class,
                        invalid -> assertThat(invalid.rule()).contains(rule));
    }

    @Test
    void recordsOfOtherKindsAreDroppedAndOneMustBeLeft() {
        String good = "v=TLSRPTv1; rua=mailto:a@x.example";

        assertThat(TlsRptRecord.ofAll(List.of("v=spf1 -all", good))).isInstanceOf(ParsedTlsRptRecord.Valid.class);
        assertThat(TlsRptRecord.ofAll(List.of(good, good))).isInstanceOf(ParsedTlsRptRecord.Invalid.class);
        assertThat(TlsRptRecord.ofAll(List.of())).isInstanceOf(ParsedTlsRptRecord.Invalid.class);
    }
}
