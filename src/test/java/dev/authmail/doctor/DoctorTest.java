package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.testkit.DnsServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A zone that is as it should be, and one thing wrong in it each time: exactly that is found, and the mend mends it. */
class DoctorTest {
    private static final String RECORD = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String OTHER = "v=DKIM1; k=ed25519; p=HbawiMnQXTCopHTkR0jlKQF5CqbU0DVcKx9CZtVrwzk=";

    private static final List<String> HEALTHY = List.of(
            "example.com. MX 10 mail.example.com.",
            "example.com. TXT \"v=spf1 ip4:192.0.2.7 ip6:2001:db8::7 -all\"",
            "mail.example.com. A 192.0.2.7",
            "mail.example.com. AAAA 2001:db8::7",
            "7.2.0.192.in-addr.arpa. PTR mail.example.com.",
            "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mail.example.com.",
            "bounce.example.com. MX 10 mail.example.com.",
            "bounce.example.com. TXT \"v=spf1 ip4:192.0.2.7 ip6:2001:db8::7 -all\"",
            "s1._domainkey.example.com. TXT \"" + RECORD + "\"",
            "_dmarc.example.com. TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example.com\"",
            "_smtp._tls.bounce.example.com. TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"",
            "default._bimi.example.com. TXT \"v=BIMI1; l=https://example.com/l.svg\"",
            "2.0.0.127.bl.test. A 127.0.0.2",
            "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.test. A 127.0.0.2",
            "test.dbl.test. A 127.0.1.2");

    @Test
    void aHealthySetUpIsFine() {
        List<Finding> findings = examine(HEALTHY);

        assertThat(findings).allMatch(f -> f.status() == Status.FINE);
        assertThat(findings)
                .extracting(Finding::check)
                .contains("ptr", "ehlo", "domain", "spf", "dkim", "dmarc", "tls-rpt", "bimi", "blocklist");
        assertThat(ScoreCard.of(findings)).allMatch(score -> score.status() == Status.FINE);
    }

    @ParameterizedTest(name = "{4}: {2} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7.2.0.192.in-addr.arpa. PTR .*       |                                             | ptr    | FAILURE | no PTR record
            7.2.0.192.in-addr.arpa. PTR .*       | 7.2.0.192.in-addr.arpa. PTR x.example.com.  | ptr    | FAILURE | the name does not lead back
            mail.example.com. A .*               | mail.example.com. A 192.0.2.8               | ptr    | FAILURE | it leads elsewhere
            7.2.0.192.in-addr.arpa. PTR .*       | 7.2.0.192.in-addr.arpa. PTR p7.dsl.test.~p7.dsl.test. A 192.0.2.7 | ptr | WARNING | a generic name
            example.com. MX .*                   | example.com. MX 0 .                         | domain | FAILURE | a null MX
            bounce.example.com. MX .*            |                                             | domain | FAILURE | neither MX nor address
            bounce.example.com. MX .*            | bounce.example.com. A 192.0.2.7             | domain | WARNING | an address alone
            bounce.example.com. TXT .*           |                                             | spf    | FAILURE | no SPF record
            bounce.example.com. TXT .*           | bounce.example.com. TXT "v=spf1 -all"       | spf    | FAILURE | the address is not named
            bounce.example.com. TXT .*           | bounce.example.com. TXT "v=spf1 mx -all"~bounce.example.com. TXT "v=spf1 -all" | spf | FAILURE | two records
            bounce.example.com. TXT .*           | bounce.example.com. TXT "v=spf1 ip4:1.2 -all" | spf  | FAILURE | a broken record
            example.com. TXT .*                  | example.com. TXT "v=spf1 -all"              | spf    | WARNING | the From domain, which docomo asks
            s1._domainkey.example.com. TXT .*    |                                             | dkim   | FAILURE | no key
            s1._domainkey.example.com. TXT .*    | s1._domainkey.example.com. TXT "OTHERKEY"   | dkim   | FAILURE | another key
            s1._domainkey.example.com. TXT .*    | s1._domainkey.example.com. TXT "v=DKIM1; p=" | dkim  | FAILURE | a revoked key
            s1._domainkey.example.com. TXT .*    | s1._domainkey.example.com. TXT "RECORD; t=y" | dkim  | WARNING | a domain that is testing
            _dmarc.example.com. TXT .*           |                                             | dmarc  | FAILURE | no policy
            _dmarc.example.com. TXT .*           | _dmarc.example.com. TXT "v=DMARC1; p=reject" | dmarc | WARNING | no reports
            _dmarc.example.com. TXT .*           | _dmarc.example.com. TXT "v=DMARC1; p=reject; aspf=s; rua=mailto:d@example.com" | dmarc | WARNING | SPF not aligned strictly
            _dmarc.example.com. TXT .*           | _dmarc.example.com. TXT "v=DMARC1; p=reject; rua=mailto:d@reports.test" | dmarc | WARNING | a stranger who does not take reports
            _smtp._tls.bounce.example.com. TXT .* | _smtp._tls.bounce.example.com. TXT "v=TLSRPTv1; rua=x" | tls-rpt | WARNING | a broken record
            _dmarc.example.com. TXT .*           | _dmarc.example.com. TXT "v=DMARC1; p=none; rua=mailto:d@example.com" | dmarc | ADVICE | nobody is protected
            _smtp._tls.bounce.example.com. TXT .* |                                            | tls-rpt | ADVICE | no TLS reports
            default._bimi.example.com. TXT .*    |                                             | bimi   | ADVICE | no logo
            default._bimi.example.com. TXT .*    | default._bimi.example.com. TXT "v=BIMI1; l=http://example.com/l.svg" | bimi | WARNING | a logo that is not on https
            2.0.0.127.bl.test. A .*              | 2.0.0.127.bl.test. A 127.0.0.2~7.2.0.192.bl.test. A 127.0.0.4~7.2.0.192.bl.test. TXT "see https://bl.test" | blocklist | FAILURE | listed
            2.0.0.127.bl.test. A .*              | 2.0.0.127.bl.test. A 127.0.0.2~7.2.0.192.bl.test. A 127.255.255.254 | blocklist | UNKNOWN | refused: a public resolver
            2.0.0.127.bl.test. A .*              | *.bl.test. A 127.0.0.2                      | blocklist | UNKNOWN | a list that lists everything
            2.0.0.127.bl.test. A .*              |                                             | blocklist | UNKNOWN | a list that is dead
            2.0.0.127.bl.test. A .*              | 2.0.0.127.bl.test. A 127.0.0.2~7.2.0.192.bl.test. A 198.51.100.1 | blocklist | UNKNOWN | an answer of somebody else
            test.dbl.test. A .*                  | test.dbl.test. A 127.0.1.2~example.com.dbl.test. A 127.0.1.2 | blocklist | FAILURE | the domain is listed
            """)
    void oneThingWrong(String remove, String add, String check, Status status, String reason) {
        List<String> zone =
                changed(remove, add == null ? "" : add.replace("RECORD", RECORD).replace("OTHERKEY", OTHER));
        List<Finding> wrong = wrong(zone);

        assertThat(wrong).as(reason).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.status()).isEqualTo(status);
        });
        List<String> publish =
                wrong.stream().flatMap(f -> f.publish().stream()).distinct().toList();
        if (!publish.isEmpty()) {
            assertThat(wrong(published(zone, publish)))
                    .as("%s: with %s published", reason, publish)
                    .allMatch(f -> f.status() == Status.ADVICE);
        }
    }

    @Test
    void ehloThatIsNotThePtrNameIsFound() {
        Setup setup = setup(Optional.of("pod-7.local"));

        assertThat(examine(HEALTHY, setup).stream().filter(f -> f.status() == Status.WARNING))
                .hasSize(2)
                .allMatch(f ->
                        f.check().equals("ehlo") && f.expected().equals("authmail.smtp.ehlo-name: mail.example.com"));
    }

    @Test
    void manyLookUpsAreFoundBeforeTheyAreTooMany() {
        String asking =
                " mx:other.test mx:other.test ptr:none.test ptr:none.test ptr:none.test ptr:none.test ptr:none.test";
        List<Finding> wrong = wrong(
                changed(
                        "bounce.example.com. TXT .*",
                        "bounce.example.com. TXT \"v=spf1 include:more.test -all\"~more.test. TXT \"v=spf1" + asking
                                + " a:mail.example.com -all\"~other.test. MX 1 o.test.~o.test. A 203.0.113.1~o.test. AAAA 2001:db8:1::1"));

        assertThat(wrong).hasSize(2).allMatch(f -> f.check().equals("spf") && f.status() == Status.WARNING);
        assertThat(wrong.getFirst().found()).contains("9 of 10 look-ups");
    }

    @Test
    void aSilentDnsIsUnknownEverywhereAndEnds() {
        try (DnsServer server = DnsServer.start();
                DnsJava dns = dns(server)) {
            List<Finding> findings = new Doctor(Duration.ofSeconds(20))
                    .examine(DnsChecks.of(setup(Optional.empty()), dns, Clock.systemUTC()), check -> {});

            assertThat(findings).isNotEmpty().allMatch(f -> f.status() == Status.UNKNOWN);
            assertThat(ScoreCard.of(findings)).allMatch(score -> score.status() == Status.UNKNOWN);
        }
    }

    @Test
    void aCheckThatTakesTooLongIsUnknown() {
        Check slow = new Check() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public String subject() {
                return "x";
            }

            @Override
            public List<Finding> run() {
                LockSupport.park();
                return List.of();
            }
        };

        assertThat(new Doctor(Duration.ofMillis(50)).examine(List.of(slow), check -> {}))
                .containsExactly(Finding.unknown("slow", "x", "it took longer than 0 s"));
    }

    private static List<String> changed(String remove, String add) {
        return changed(remove, add, HEALTHY);
    }

    private static List<String> changed(String remove, String add, List<String> zone) {
        List<String> lines = new ArrayList<>(
                zone.stream().filter(line -> !line.matches(remove)).toList());
        assertThat(lines).as("the row removes something").hasSizeLessThan(zone.size());
        Stream.of(add.split("~", -1)).filter(line -> !line.isEmpty()).forEach(lines::add);
        return lines;
    }

    /** As an operator does it: the records of that name and type make way for the new one. */
    private static List<String> published(List<String> zone, List<String> publish) {
        List<String> lines = new ArrayList<>(zone);
        for (String record : publish) {
            Matcher parts = Pattern.compile("(\\S+) 3600 IN (\\S+) (.*)").matcher(record);
            assertThat(parts.matches()).isTrue();
            lines.removeIf(line -> line.startsWith(parts.group(1) + " " + parts.group(2) + " "));
            lines.add(parts.group(1) + " " + parts.group(2) + " " + parts.group(3));
        }
        return lines;
    }

    private static List<Finding> wrong(List<String> zone) {
        return examine(zone).stream().filter(f -> f.status() != Status.FINE).toList();
    }

    private static List<Finding> examine(List<String> zone) {
        return examine(zone, setup(Optional.empty()));
    }

    private static List<Finding> examine(List<String> zone, Setup setup) {
        try (DnsServer server = DnsServer.start().zone(".", String.join("\n", zone) + "\n");
                DnsJava dns = dns(server)) {
            return new Doctor(Duration.ofSeconds(20)).examine(DnsChecks.of(setup, dns, Clock.systemUTC()), check -> {});
        }
    }

    private static Setup setup(Optional<String> ehlo) {
        return new Setup(
                new Domain("example.com"),
                new Domain("bounce.example.com"),
                ehlo.or(() -> Optional.of("mail.example.com")),
                List.of(
                        IpAddress.parse("192.0.2.7").orElseThrow(),
                        IpAddress.parse("2001:db8::7").orElseThrow()),
                List.of(new Setup.SigningKey("example.com", "s1", RECORD)),
                List.of(),
                new Setup.Blocklists(List.of("bl.test"), List.of("dbl.test")));
    }

    private static DnsJava dns(DnsServer server) {
        return new DnsJava(new DnsSettings(
                List.of(server.address()), Duration.ofSeconds(5), 1, 1000, Duration.ZERO, Duration.ZERO));
    }
}
