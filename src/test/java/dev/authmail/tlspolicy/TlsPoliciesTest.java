package dev.authmail.tlspolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.dane.TlsaLookup;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.StsPolicies;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsSettings;
import dev.authmail.mx.HostAddresses;
import dev.authmail.mx.MailExchanger;
import dev.authmail.mx.MxLookup;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.CertificateCheck;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import dev.authmail.tlsrpt.ResultType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policy a host meets, by what its DNS proves and what its domain publishes. */
class TlsPoliciesTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final TestIdentity IDENTITY = AUTHORITY.identity("mx.signed.test");
    private static final String EE = IDENTITY.tlsa(3, 1, 1, 0);
    private static final String TA = IDENTITY.tlsa(2, 0, 1, 1);
    private static DnsServer server;
    private static DnsJava dns;

    @BeforeAll
    static void publish() {
        server = DnsServer.start();
        String sts = "_mta-sts TXT \"v=STSv1; id=1\"\n";
        server.signedZone("signed.test", """
                        mx              A     192.0.2.1
                        none            A     192.0.2.1
                        unusable        A     192.0.2.1
                        ta              A     192.0.2.1
                        alias           CNAME mx
                        alias2          CNAME none
                        away            CNAME mx.plain.test.
                        silent          A     192.0.2.1
                        bogus           A     192.0.2.1
                        _25._tcp.mx       TLSA  %1$s
                        _25._tcp.unusable TLSA  %2$s
                        _25._tcp.ta       TLSA  %3$s
                        _25._tcp.alias2   TLSA  %1$s
                        _25._tcp.away     TLSA  %1$s
                        _25._tcp.silent   TLSA  %1$s
                        _25._tcp.bogus    TLSA  %1$s
                        """.formatted(EE, IDENTITY.tlsa(1, 1, 1, 0), TA))
                .zone("plain.test", """
                        mx          A    192.0.2.1
                        _25._tcp.mx TLSA %s
                        """.formatted(EE))
                .on("_25._tcp.silent.signed.test", Fault.SERVFAIL)
                .on("_25._tcp.bogus.signed.test", Fault.UNSIGNED);
        for (String host : List.of("mx", "none", "unusable", "ta", "alias", "alias2", "away", "silent", "bogus")) {
            String mx = "@ MX 10 %s.signed.test.\n".formatted(host);
            server.signedZone("to-" + host + ".test", mx).signedZone("sts-" + host + ".test", mx + sts);
        }
        server.zone("insecure.test", "@ MX 10 mx.signed.test.\n")
                .zone("insecure-sts.test", "@ MX 10 mx.signed.test.\n" + sts)
                .signedZone("plain-host.test", "@ MX 10 mx.plain.test.\n")
                .signedZone("testing.test", "@ MX 10 none.signed.test.\n" + sts)
                .signedZone("off.test", "@ MX 10 none.signed.test.\n" + sts)
                .signedZone("gone.test", "@ MX 10 none.signed.test.\n" + sts)
                .signedZone("other.test", "@ MX 10 none.signed.test.\n" + sts)
                .signedZone("other-dane.test", "@ MX 10 mx.signed.test.\n" + sts)
                .signedZone("implicit.test", "@ A 192.0.2.1\n_25._tcp TLSA %s\n".formatted(EE));
        dns = DnsJava.validating(
                new DnsSettings(
                        List.of(server.address()),
                        Duration.ofSeconds(5),
                        1,
                        1000,
                        Duration.ofHours(1),
                        Duration.ofMinutes(1)),
                server.trustAnchors());
    }

    @AfterAll
    static void stop() {
        dns.close();
        server.close();
    }

    private static PolicyFetch served(Domain domain) {
        return switch (domain.ascii()) {
            case "testing.test" -> policy("testing", "*.nowhere.test");
            case "off.test" -> policy("none", "*.nowhere.test");
            case "gone.test" -> new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, "gone");
            case "other.test", "other-dane.test" -> policy("enforce", "*.nowhere.test");
            default -> policy("enforce", "*.signed.test");
        };
    }

    private static PolicyFetch policy(String mode, String mx) {
        var text = "version: STSv1\nmode: %s\nmx: %s\nmax_age: 86400".formatted(mode, mx);
        return switch (StsPolicy.parse(text)) {
            case ParsedStsPolicy.Valid valid -> new PolicyFetch.Fetched(valid.policy());
            case ParsedStsPolicy.Invalid invalid -> throw new AssertionError(invalid.rule());
        };
    }

    @ParameterizedTest(name = "{0}, {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            to-mx.test        | OPPORTUNISTIC | DANE              | all is proven
            to-ta.test        | OPPORTUNISTIC | DANE              | a trust anchor
            to-none.test      | OPPORTUNISTIC | OPPORTUNISTIC     | there is provably no record
            to-none.test      | VERIFIED      | VERIFIED          | … and settings demand more
            to-unusable.test  | OPPORTUNISTIC | DANE unchecked    | RFC 7672 §2.2: TLS alone is demanded
            to-alias.test     | OPPORTUNISTIC | DANE              | an alias of a host with records
            to-alias2.test    | OPPORTUNISTIC | DANE              | an alias with records of a host without
            to-away.test      | OPPORTUNISTIC | DANE              | a proven alias of a host that is not proven
            to-silent.test    | OPPORTUNISTIC | UNPROVEN          | RFC 7672 §2.1.2: no answer, no mail
            to-bogus.test     | OPPORTUNISTIC | UNPROVEN          | somebody took the signatures away
            insecure.test     | OPPORTUNISTIC | OPPORTUNISTIC     | the MX record is not proven
            insecure.test     | REQUIRED      | REQUIRED          | … and settings demand more
            plain-host.test   | OPPORTUNISTIC | OPPORTUNISTIC     | the host is not proven
            implicit.test     | OPPORTUNISTIC | DANE              | RFC 7672 §2.2.2: no MX, the domain itself
            sts-mx.test       | OPPORTUNISTIC | DANE              | DANE goes before MTA-STS
            sts-none.test     | OPPORTUNISTIC | MTA_STS           | MTA-STS alone
            sts-none.test     | NONE          | MTA_STS           | … goes before settings
            sts-unusable.test | OPPORTUNISTIC | MTA_STS           | TLS with a check is TLS
            sts-silent.test   | OPPORTUNISTIC | UNPROVEN          | MTA-STS does not mend DANE
            sts-bogus.test    | OPPORTUNISTIC | UNPROVEN          | …
            insecure-sts.test | OPPORTUNISTIC | MTA_STS           | MTA-STS needs no DNSSEC
            other.test        | OPPORTUNISTIC | NOT_IN_POLICY     | RFC 8461 §4.1
            other-dane.test   | OPPORTUNISTIC | DANE              | … but DANE goes before it
            testing.test      | OPPORTUNISTIC | OPPORTUNISTIC     | testing demands nothing
            off.test          | OPPORTUNISTIC | OPPORTUNISTIC     | mode none
            gone.test         | OPPORTUNISTIC | OPPORTUNISTIC     | RFC 8461 §3.3: a policy that was never had
            """)
    void policies(String domain, TlsPolicy settings, String expected, String reason) {
        assertThat(shown(host(domain, settings))).as(reason).isEqualTo(expected);
    }

    @Test
    void withoutDaneAndMtaStsSettingsDecide() {
        TlsPolicies neither = new TlsPolicies(null, null, Clock.systemUTC());

        assertThat(shown(host(neither, "sts-mx.test", TlsPolicy.REQUIRED))).isEqualTo("REQUIRED");
    }

    @Test
    void theCheckIsTheOneOfTheRecords() {
        CertificateCheck endEntity = check("to-mx.test");
        CertificateCheck anchor = check("to-ta.test");
        TestIdentity stranger = AUTHORITY.identity("to-ta.test");
        TestIdentity other = AUTHORITY.identity("elsewhere.test");

        assertThat(endEntity.judge(IDENTITY.chain())).isEqualTo(CertificateVerdict.TLSA_MATCHED);
        assertThat(endEntity.judge(stranger.chain())).isEqualTo(CertificateVerdict.TLSA_MISMATCH);
        assertThat(endEntity.serverName()).isEqualTo("mx.signed.test");
        assertThat(anchor.judge(stranger.chain()))
                .as("RFC 7672 §3.2.2: the next-hop domain")
                .isEqualTo(CertificateVerdict.TLSA_MATCHED);
        assertThat(anchor.judge(other.chain())).isEqualTo(CertificateVerdict.WRONG_NAME);
    }

    @Test
    void domainsOfOneHostShareItsConnectionsUnlessNamesMatter() {
        assertThat(host("to-mx.test", TlsPolicy.OPPORTUNISTIC)).isEqualTo(host("sts-mx.test", TlsPolicy.OPPORTUNISTIC));
        assertThat(host("to-ta.test", TlsPolicy.OPPORTUNISTIC))
                .isNotEqualTo(host("sts-ta.test", TlsPolicy.OPPORTUNISTIC));
    }

    private static CertificateCheck check(String domain) {
        return Objects.requireNonNull(((HostTls.Use) host(domain, TlsPolicy.OPPORTUNISTIC)).check());
    }

    private static HostTls host(String domain, TlsPolicy settings) {
        StsPolicies sts = new StsPolicies(dns, TlsPoliciesTest::served, StsSettings.of(100), Clock.systemUTC());
        return host(new TlsPolicies(new TlsaLookup(dns, 25), sts, Clock.systemUTC()), domain, settings);
    }

    private static HostTls host(TlsPolicies policies, String name, TlsPolicy settings) {
        MxResolver resolver = new MxResolver(dns, MxSettings.defaults(), new Random(1));
        Domain domain = new Domain(name);
        MxLookup.Found mx = (MxLookup.Found) resolver.resolve(domain);
        MailExchanger host = mx.hosts().getFirst();
        return policies.of(domain, mx, settings).of(host, (HostAddresses.Found) resolver.addresses(host));
    }

    private static String shown(HostTls tls) {
        return switch (tls) {
            case HostTls.Use use ->
                use.policy() + (use.policy() == TlsPolicy.DANE && use.check() == null ? " unchecked" : "");
            case HostTls.NotInPolicy not -> "NOT_IN_POLICY";
            case HostTls.Unproven not -> "UNPROVEN";
        };
    }
}
