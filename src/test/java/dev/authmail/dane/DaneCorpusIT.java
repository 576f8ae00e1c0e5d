package dev.authmail.dane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dns.TlsaRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chains and TLSA records that others made and judged; usages 0 and 1 as RFC 7672 §3.1.3 has them. */
@Tag("real")
class DaneCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/dane/openssl-danetest.json");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** One judged chain. */
    record Case(
            String label, String host, List<TlsaRecord> tlsa, List<byte[]> chain, boolean checkNames, boolean passes) {
        @Override
        public String toString() {
            return label;
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonNode corpus = JsonMapper.builder().build().readTree(CORPUS.toFile());
        return corpus.get("cases")
                .valueStream()
                .map(c -> read(c, corpus.get("host").asString()));
    }

    private static Case read(JsonNode c, String host) {
        List<TlsaRecord> tlsa =
                c.get("tlsa").valueStream().map(DaneCorpusIT::record).toList();
        return new Case(
                c.get("case").asInt() + " " + c.get("section").asString() + " "
                        + c.get("note").asString() + " " + tlsa,
                host,
                tlsa,
                c.get("chain").valueStream().map(pem -> der(pem.asString())).toList(),
                c.get("name_checks").asBoolean(),
                c.get("verify_result").asInt() == 0);
    }

    private static TlsaRecord record(JsonNode r) {
        return new TlsaRecord(
                Integer.parseInt(r.get("usage").asString()),
                Integer.parseInt(r.get("selector").asString()),
                Integer.parseInt(r.get("mtype").asString()),
                r.get("data").asString());
    }

    private static byte[] der(String pem) {
        String base64 = pem.replaceAll("(?s).*-----BEGIN CERTIFICATE-----|-----END CERTIFICATE-----.*", "");
        return Base64.getMimeDecoder().decode(base64);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedAlike(Case known) {
        DaneVerdict verdict =
                new DaneVerifier(TlsaRecords.of(known.tlsa()), List.of(known.host())).verify(known.chain(), NOW);

        if (known.tlsa().stream().allMatch(r -> r.usage() < 2)) {
            assertThat(verdict).isInstanceOf(DaneVerdict.Unusable.class);
        } else {
            assertThat(verdict instanceof DaneVerdict.Verified verified && namesFit(known, verified))
                    .as("%s", verdict)
                    .isEqualTo(known.passes());
        }
    }

    /** Where the corpus checks names for DANE-EE as well, which RFC 7672 §3.1.1 forbids, the test does it instead. */
    private static boolean namesFit(Case known, DaneVerdict.Verified verified) {
        return !known.checkNames()
                || verified.record().usage() == TlsaRecords.DANE_TA
                || PresentedCertificate.read(known.chain().getFirst())
                        .map(CertificateNames::of)
                        .orElseThrow()
                        .include(new ArrayList<>(List.of(known.host())));
    }
}
