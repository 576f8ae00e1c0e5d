package dev.authmail.dane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dane.DaneVerdict.Problem;
import dev.authmail.dns.TlsaRecord;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaneVerifierTest {
    private static final Instant NOW = Instant.now();
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final TestCertificates OTHER_AUTHORITY = new TestCertificates();
    private static final Duration YEAR = Duration.ofDays(365);

    private static final Map<String, TestIdentity> SERVERS = Map.of(
            "good", AUTHORITY.identityBelow("intermediate", YEAR, "mx.b.test"),
            "no root",
                    AUTHORITY.identityBelow("intermediate", YEAR, "mx.b.test").showing(2),
            "wildcard", AUTHORITY.identityBelow("intermediate", YEAR, "*.b.test"),
            "other name", AUTHORITY.identityBelow("intermediate", YEAR, "other.test"),
            "old authority", AUTHORITY.identityBelow("intermediate", Duration.ofDays(-1), "mx.b.test"),
            "direct", AUTHORITY.identity("mx.b.test"),
            "expired", AUTHORITY.expiredIdentity("mx.b.test"));

    // "2 1 1 of 1" is a record about certificate 1 of the server's chain; "foreign" ones are about another chain.
    @ParameterizedTest(name = "{0}, {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            good          | 3 1 1 of 0                | VERIFIED   | the usual record
            good          | 3 0 1 of 0                | VERIFIED   | the whole certificate
            good          | 3 1 2 of 0                | VERIFIED   | SHA-512
            good          | 3 1 0 of 0                | VERIFIED   | the key itself
            good          | 3 0 0 of 0                | VERIFIED   | the certificate itself
            expired       | 3 1 1 of 0                | VERIFIED   | RFC 7672 §3.1.1: expiry does not matter
            other name    | 3 1 1 of 0                | VERIFIED   | … nor does the name
            good          | 3 1 1 of 1                | NO_MATCH   | DANE-EE is about the server's own certificate
            good          | 3 1 1 foreign             | NO_MATCH   | another key
            good          | 3 1 1 foreign, 3 1 1 of 0 | VERIFIED   | one of several, as at a change of keys
            good          | 2 1 1 of 1                | VERIFIED   | the intermediate
            good          | 2 0 1 of 2                | VERIFIED   | the root, that the server shows
            no root       | 2 0 1 of 1                | VERIFIED   | the intermediate without its root
            good          | 2 1 1 of 0                | NO_MATCH   | DANE-TA is not about the server's own certificate
            good          | 2 1 1 foreign             | NO_MATCH   | another authority
            direct        | 2 0 1 of 1                | VERIFIED   | no intermediate
            wildcard      | 2 1 1 of 1                | VERIFIED   | one label
            other name    | 2 1 1 of 1                | WRONG_NAME | RFC 7672 §3.2.3
            other name    | 2 1 1 of 1, 3 1 1 of 0    | VERIFIED   | DANE-EE needs no name
            expired       | 2 0 1 of 1                | EXPIRED    | RFC 7671 §5.2
            old authority | 2 0 1 of 2                | EXPIRED    | a certificate on the way
            old authority | 2 0 1 of 1                | EXPIRED    | the trust anchor itself
            good          | 2 1 1 foreign, 2 1 1 of 1 | VERIFIED   | one of several
            other name    | 2 1 1 of 1, 2 1 1 foreign | WRONG_NAME | what is wrong below the anchor tells more
            good          | 0 0 1 of 2                | UNUSABLE   | RFC 7672 §3.1.3: PKIX-TA
            good          | 1 1 1 of 0                | UNUSABLE   | PKIX-EE
            good          | 3 1 3 of 0                | UNUSABLE   | a matching type that nobody knows
            good          | 3 2 1 of 0                | UNUSABLE   | a selector that nobody knows
            good          | 255 1 1 of 0              | UNUSABLE   | a usage that nobody knows
            good          | 1 1 1 of 0, 3 1 1 foreign | NO_MATCH   | what is unusable is as if it were not there
            good          | 3 1 1 of 0, 3 1 2 foreign | NO_MATCH   | RFC 7671 §9: the stronger digest alone counts
            good          | 3 1 2 of 0, 3 1 1 foreign | VERIFIED   | … here as well
            good          | 3 0 1 of 0, 3 1 2 foreign | VERIFIED   | … but each selector for itself
            """)
    void verdicts(String server, String records, String expected, String reason) {
        TestIdentity identity = Objects.requireNonNull(SERVERS.get(server));

        assertThat(shown(verify(identity, records(identity, records), "mx.b.test")))
                .as(reason)
                .isEqualTo(expected);
    }

    @Test
    void anAuthorityThatStandsInTheDnsNeedNotBeShown() {
        TestIdentity whole = AUTHORITY.identityBelow("intermediate", YEAR, "mx.b.test");
        TestIdentity alone = whole.showing(1);

        assertThat(shown(verify(alone, List.of(record(whole.tlsa(2, 0, 0, 1))), "mx.b.test")))
                .isEqualTo("VERIFIED");
        assertThat(shown(verify(alone, List.of(record(whole.tlsa(2, 1, 0, 1))), "mx.b.test")))
                .isEqualTo("VERIFIED");
        assertThat(shown(verify(alone, List.of(record(whole.tlsa(2, 0, 0, 1))), "mx.example")))
                .isEqualTo("WRONG_NAME");
        assertThat(shown(verify(alone, List.of(record(whole.tlsa(2, 1, 1, 1))), "mx.b.test")))
                .as("RFC 7671 §5.2.2: of a digest the certificate must be shown")
                .isEqualTo("NO_MATCH");
        assertThat(shown(verify(alone, List.of(record(whole.tlsa(2, 0, 0, 2))), "mx.b.test")))
                .as("the way to the root is missing")
                .isEqualTo("NO_PATH");
    }

    @Test
    void anAuthorityThatDidNotIssueTheCertificateDoesNotVouchForIt() {
        TestIdentity forged = new TestIdentity(
                AUTHORITY.identity("mx.b.test").key(),
                List.of(
                        OTHER_AUTHORITY
                                .identityBelow("intermediate", YEAR, "mx.b.test")
                                .chain()
                                .getFirst(),
                        AUTHORITY
                                .identityBelow("intermediate", YEAR, "mx.b.test")
                                .chain()
                                .get(1)));

        assertThat(shown(verify(forged, List.of(record(forged.tlsa(2, 1, 1, 1))), "mx.b.test")))
                .isEqualTo("NO_PATH");
    }

    @Test
    void aServerMayBeNamedByTheNextHopDomain() {
        TestIdentity identity = AUTHORITY.identityBelow("intermediate", YEAR, "recipient.test");

        DaneVerdict verdict = new DaneVerifier(
                        TlsaRecords.of(records(identity, "2 1 1 of 1")), List.of("mx.b.test", "recipient.test"))
                .verify(der(identity), NOW);

        assertThat(shown(verdict)).isEqualTo("VERIFIED");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            3 1 1 abcd        | a digest that is too short
            3 1 2 aabb        | … of SHA-512
            3 0 0 abcd        | not a certificate
            2 0 0 3003020101ff| octets behind it
            3 0 0 ''          | nothing
            """)
    void malformedRecordsAreUnusable(String record, String reason) {
        assertThat(TlsaRecords.of(List.of(record(record.replace("'", "")))).demandCertificate())
                .as(reason)
                .isFalse();
    }

    @Test
    void octetsThatAreNoCertificateFitNothing() {
        DaneVerifier verifier = new DaneVerifier(
                TlsaRecords.of(records(Objects.requireNonNull(SERVERS.get("good")), "3 1 1 of 0, 2 1 1 of 1")),
                List.of("mx.b.test"));

        for (byte[] junk : List.of(new byte[0], new byte[] {0x30}, new byte[] {0x30, (byte) 0x84, 127, -1, -1, -1})) {
            assertThat(shown(verifier.verify(List.of(junk), NOW))).isEqualTo("NO_MATCH");
        }
        assertThat(shown(verifier.verify(List.of(), NOW))).isEqualTo("NO_MATCH");
    }

    private static DaneVerdict verify(TestIdentity identity, List<TlsaRecord> records, String name) {
        return new DaneVerifier(TlsaRecords.of(records), List.of(name)).verify(der(identity), NOW);
    }

    private static List<TlsaRecord> records(TestIdentity identity, String text) {
        return Arrays.stream(text.split(", "))
                .map(record -> {
                    int[] n = Arrays.stream(
                                    record.replaceAll("[^0-9 ]", "").strip().split(" +"))
                            .mapToInt(Integer::parseInt)
                            .toArray();
                    TestIdentity about = record.endsWith("foreign") ? OTHER_AUTHORITY.identity("mx.b.test") : identity;
                    return record(about.tlsa(n[0], n[1], n[2], n.length < 4 ? 0 : n[3]));
                })
                .toList();
    }

    private static TlsaRecord record(String text) {
        String[] words = text.split(" ", 4);
        return new TlsaRecord(
                Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
    }

    private static List<byte[]> der(TestIdentity identity) {
        return identity.chain().stream().map(DaneVerifierTest::encoded).collect(Collectors.toList());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(DaneVerdict verdict) {
        return switch (verdict) {
            case DaneVerdict.Verified verified -> "VERIFIED";
            case DaneVerdict.Unusable unusable -> "UNUSABLE";
            case DaneVerdict.Refused(Problem problem) -> problem.name();
        };
    }
}
