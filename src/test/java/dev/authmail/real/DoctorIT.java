package dev.authmail.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.Doctor;
import dev.authmail.doctor.Finding;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.Setup;
import dev.authmail.doctor.Status;
import dev.authmail.doctor.WaysToBeWrong;
import dev.authmail.doctor.WaysToBeWrong.Way;
import dev.authmail.https.StrangersHttps;
import dev.authmail.mtasts.HttpsPolicySource;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.PolicyHost;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The doctor with Knot, which signs a zone for each way to be wrong, and Unbound, which validates: exactly that is found,
 * and what is printed mends it once it is published.
 */
@Tag("real")
class DoctorIT {
    private static final String REVERSE = "2.0.192.in-addr.arpa";
    private static final String LIST = "bl.test";
    private static final String DOMAIN_LIST = "dbl.test";
    private static final String REPORTS = "reports.test";
    private static final List<String> LISTS_AS_THEY_MUST =
            List.of("2.0.0.127.bl.test. A 127.0.0.2", "test.dbl.test. A 127.0.1.2");

    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final TestIdentity IDENTITY = AUTHORITY.identity("mx.test");
    private static final List<Way> WAYS = WaysToBeWrong.all(IDENTITY.tlsa(3, 1, 1, 0));

    private static ScriptedSmtpServer mx;
    private static PolicyHost web;
    private static HttpsPolicySource policies;
    private static SignedDns dns;
    private static SignedDns mended;

    @BeforeAll
    static void start() throws Exception {
        mx = ScriptedSmtpServer.start();
        mx.startTls(IDENTITY.context());
        web = PolicyHost.start(
                AUTHORITY.validFor(WAYS.stream().map(DoctorIT::policyHost).toArray(String[]::new)));
        for (Way way : WAYS) {
            if (!way.name().equals("sts-away")) {
                String host = way.name().equals("sts-other") ? "mx.elsewhere.test" : "*." + way.domain();
                web.policy(policyHost(way), "version: STSv1\nmode: enforce\nmx: %s\nmax_age: 604800\n".formatted(host));
            }
        }
        policies = new HttpsPolicySource(new StrangersHttps(
                TrustAnchors.ofPem(AUTHORITY.pem()).sslContext(), web.proxy(), Duration.ofSeconds(20), host -> true));
        List<String> records = new ArrayList<>(LISTS_AS_THEY_MUST);
        WAYS.forEach(way -> records.addAll(way.records()));
        dns = serve(records);
        mended = serve(published(records));
    }

    private static String policyHost(Way way) {
        return "mta-sts.bounce." + way.domain();
    }

    /** As an operator does it: the records of that name and type make way for those that are printed. */
    private static List<String> published(List<String> before) {
        List<String> records = new ArrayList<>(before);
        for (Way way : WAYS) {
            List<String> printed = wrong(dns, way).stream()
                    .flatMap(finding -> finding.publish().stream())
                    .distinct()
                    .toList();
            for (String line : way.printed() ? printed : List.<String>of()) {
                Matcher parts = Pattern.compile("(\\S+) 3600 IN (\\S+) (.*)").matcher(line);
                assertThat(parts.matches()).as(line).isTrue();
                records.removeIf(r -> r.startsWith(parts.group(1) + " " + parts.group(2) + " "));
                records.add(parts.group(1) + " " + parts.group(2) + " " + parts.group(3));
            }
        }
        return records;
    }

    /** A zone for each domain, and those that all have in common. */
    private static SignedDns serve(List<String> records) throws Exception {
        Map<String, StringBuilder> zones = new TreeMap<>();
        Stream.concat(
                        Stream.of("test", REVERSE, LIST, DOMAIN_LIST, REPORTS),
                        WAYS.stream().map(Way::domain))
                .forEach(zone -> zones.put(zone, new StringBuilder()));
        for (String record : records) {
            String name = record.substring(0, record.indexOf(". "));
            String zone = zones.keySet().stream()
                    .filter(z -> name.equals(z) || name.endsWith("." + z))
                    .max((a, b) -> Integer.compare(a.length(), b.length()))
                    .orElseThrow();
            zones.get(zone).append(record).append('\n');
        }
        SignedDns server = new SignedDns();
        zones.forEach((zone, lines) -> server.zone(zone, lines.toString()));
        // A zone that is signed with another key than its parent vouches for.
        String parent = zones.keySet().stream()
                .filter(zone -> zone.endsWith(".test"))
                .map(zone -> zone + ". NS ns\n")
                .collect(Collectors.joining());
        server.zone("test", parent + "bogus NS ns\nbogus DS 12345 13 2 %s\n".formatted("ab".repeat(32)));
        server.zoneWithoutAnchor("bogus.test", "@ MX 10 mx\n@ TXT \"v=spf1 -all\"\n");
        return server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each :
                Stream.of(mended, dns, policies, web, mx).filter(c -> c != null).toList()) {
            each.close();
        }
    }

    static Stream<Way> ways() {
        return WAYS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void exactlyThatIsFound(Way way) {
        List<Finding> wrong = wrong(dns, way);

        assertThat(wrong.isEmpty()).as("%s", wrong).isEqualTo(way.check().isEmpty());
        assertThat(wrong).allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(way.check());
            assertThat(finding.status()).isEqualTo(way.status());
            assertThat(finding.expected().isEmpty()).isEqualTo(way.status() == Status.UNKNOWN);
        });
        assertThat(wrong.stream().anyMatch(finding -> !finding.publish().isEmpty()) || !way.printed())
                .as("%s", wrong)
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whatIsPrintedMendsIt(Way way) {
        List<Finding> left = wrong(mended, way).stream()
                .filter(finding -> finding.status() != Status.ADVICE)
                .toList();

        if (way.printed()) {
            assertThat(left).isEmpty();
        } else {
            assertThat(left).allMatch(finding -> finding.check().equals(way.check()));
        }
    }

    @Test
    void aZoneThatDoesNotValidateIsUnknownAndNothingElse() {
        List<Finding> findings = examine(dns, "bogus", 7).stream()
                .filter(finding -> !finding.check().equals("ptr")
                        && !finding.check().equals("ehlo")
                        && !finding.check().equals("blocklist"))
                .toList();

        assertThat(findings).isNotEmpty().allMatch(finding -> finding.status() == Status.UNKNOWN);
    }

    private static List<Finding> wrong(SignedDns server, Way way) {
        return examine(server, way.name(), way.number()).stream()
                .filter(finding -> finding.status() != Status.FINE)
                .toList();
    }

    private static List<Finding> examine(SignedDns server, String name, int number) {
        String domain = name + ".test";
        Setup setup = new Setup(
                new Domain(domain),
                new Domain("bounce." + domain),
                Optional.of("mail." + domain),
                List.of(IpAddress.parse("192.0.2." + number).orElseThrow()),
                List.of(new Setup.SigningKey(domain, "s1", WaysToBeWrong.KEY)),
                List.of(),
                new Setup.Blocklists(List.of(LIST), List.of(DOMAIN_LIST)));
        try (DnsJava asked = new DnsJava(new DnsSettings(
                List.of(server.resolver()), Duration.ofSeconds(10), 2, 1000, Duration.ofHours(1), Duration.ZERO))) {
            List<Check> checks = new ArrayList<>(DnsChecks.of(setup, asked, Clock.systemUTC()));
            MailHostChecks hosts =
                    MailHostChecks.dialling(policies, new SmtpProbe(SmtpClientSettings.of("mail.test")), mx.port());
            checks.addAll(hosts.of(setup.envelope(), asked, Clock.systemUTC()));
            return new Doctor(Duration.ofSeconds(60)).examine(checks, check -> {});
        }
    }
}
