package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.PolicySource;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import dev.authmail.tlsrpt.ResultType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the domain says of TLS with its mail hosts, against what they do. */
class MailHostChecksTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final TestIdentity IDENTITY = AUTHORITY.identity("mx.example.com");
    private static final TestIdentity STRANGER = AUTHORITY.identity("mx.example.com");

    private final DnsServer server = DnsServer.start();
    private final ScriptedSmtpServer mx = ScriptedSmtpServer.start();

    @AfterEach
    void stop() {
        server.close();
        mx.close();
    }

    /** A policy is in lines apart by commas; one that begins with ! cannot be had for that reason. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            v=STSv1; id=1 | version: STSv1,mode: enforce,mx: mx.example.com,max_age: 604800  | fine    | as it should be
            v=STSv1; id=1 | version: STSv1,mode: enforce,mx: *.example.com,max_age: 604800   | fine    | a wildcard
                          |                                                                  | advice  | nothing is announced
            v=STSv1       | version: STSv1,mode: enforce,mx: mx.example.com,max_age: 604800  | warning | a record without id
            v=STSv1; id=1 | !no answer within 10 s                                           | warning | no web server
            v=STSv1; id=1 | version: STSv1,mode: enforce,mx: mx2.example.com,max_age: 604800 | failure | it does not name the mail host
            v=STSv1; id=1 | version: STSv1,mode: testing,mx: mx2.example.com,max_age: 604800 | warning | nor here, where it stops nobody
            v=STSv1; id=1 | version: STSv1,mode: testing,mx: mx.example.com,max_age: 604800  | advice  | testing
            v=STSv1; id=1 | version: STSv1,mode: none,max_age: 604800                        | advice  | given up
            v=STSv1; id=1 | version: STSv1,mode: enforce,mx: mx.example.com,max_age: 600     | advice fine | forgotten soon
            """)
    void anStsPolicyNamesEveryMailHost(
            @Nullable String record, @Nullable String policy, String statuses, String reason) {
        server.zone("example.com", "@ MX 10 mx\n" + (record == null ? "" : "_mta-sts TXT \"%s\"\n".formatted(record)));

        List<Finding> findings = run("mta-sts", source(policy));

        assertThat(findings)
                .as(reason)
                .extracting(f -> f.status().word())
                .containsExactly(statuses.strip().split(" "));
        findings.stream()
                .filter(f -> record == null || f.found().contains("counts as none"))
                .forEach(f -> assertThat(f.publish())
                        .containsExactly("_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=20261125120000\""));
    }

    @Test
    void aDomainWithoutMailHostsHasNothingToSay() {
        server.zone("example.com", "@ A 192.0.2.1\n");

        assertThat(run("mta-sts", source(null))).isEmpty();
        assertThat(run("dane", source(null))).isEmpty();
    }

    @Test
    void aSilentDnsIsUnknown() {
        assertThat(run("mta-sts", source(null))).extracting(Finding::status).containsExactly(Status.UNKNOWN);
        assertThat(run("dane", source(null))).extracting(Finding::status).containsExactly(Status.UNKNOWN);
    }

    @Test
    void aTlsaRecordThatFitsTheCertificateIsFine() {
        mx.startTls(IDENTITY.context());
        dane(IDENTITY.tlsa(3, 1, 1, 0));

        assertThat(run("dane", source(null))).extracting(Finding::status).containsExactly(Status.FINE);
        assertThat(mx.commands("MAIL")).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            other    | FAILURE | another key's record, as after a renewal
            unusable | FAILURE | a record of usage 1, which nobody looks at
            none     | ADVICE  | none at all
            """)
    void whatDoesNotFitIsMendedByTheRecordThatIsPrinted(String published, Status status, String reason) {
        mx.startTls(IDENTITY.context());
        dane(
                switch (published) {
                    case "other" -> STRANGER.tlsa(3, 1, 1, 0);
                    case "unusable" -> IDENTITY.tlsa(1, 1, 1, 0);
                    default -> "";
                });
        Finding wrong = run("dane", source(null)).getFirst();
        assertThat(wrong.status()).as(reason).isEqualTo(status);

        String record = wrong.publish().getFirst();
        assertThat(record).startsWith("_25._tcp.mx.example.com. 3600 IN TLSA 3 1 1 ");
        dane(record.substring(record.indexOf("TLSA ") + 5));

        assertThat(run("dane", source(null))).extracting(Finding::status).containsExactly(Status.FINE);
    }

    @Test
    void aCertificateThatCannotBeSeenIsUnknown() {
        dane(IDENTITY.tlsa(3, 1, 1, 0)); // no STARTTLS there

        assertThat(run("dane", source(null))).extracting(Finding::status).containsExactly(Status.UNKNOWN);
    }

    @Test
    void mailHostsOfSomebodyElseAreTheirBusiness() {
        server.zone("example.com", "@ MX 10 mx.provider.test.\n").zone("provider.test", "mx A 127.0.0.1\n");

        assertThat(run("dane", source(null))).extracting(Finding::status).containsExactly(Status.FINE);
    }

    private void dane(String record) {
        server.zone(
                "example.com",
                "@ MX 10 mx\nmx A 127.0.0.1\n" + (record.isEmpty() ? "" : "_25._tcp.mx TLSA " + record + "\n"));
    }

    private List<Finding> run(String check, PolicySource web) {
        MailHostChecks checks =
                MailHostChecks.dialling(web, new SmtpProbe(SmtpClientSettings.of("mail.example.com")), mx.port());
        try (DnsJava dns = new DnsJava(new DnsSettings(
                List.of(server.address()), Duration.ofSeconds(5), 1, 1000, Duration.ZERO, Duration.ZERO))) {
            return checks.of(new Domain("example.com"), dns, NOON).stream()
                    .filter(c -> c.name().equals(check))
                    .flatMap(c -> c.run().stream())
                    .toList();
        }
    }

    private static PolicySource source(@Nullable String policy) {
        return domain -> {
            if (policy == null || policy.startsWith("!")) {
                return new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, String.valueOf(policy));
            }
            return switch (StsPolicy.parse(policy.replace(",", "\n") + "\n")) {
                case ParsedStsPolicy.Valid valid -> new PolicyFetch.Fetched(valid.policy());
                case ParsedStsPolicy.Invalid invalid -> throw new IllegalArgumentException(invalid.rule());
            };
        };
    }
}
