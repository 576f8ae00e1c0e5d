package dev.authmail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.testkit.DnsServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpfEvaluatorTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final DnsServer server = DnsServer.start().zone(".", """
                    plain.test.      TXT "v=spf1 ip4:192.0.2.0/24 " "ip6:2001:db8::/32 -all"
                    soft.test.       TXT "v=spf1 ~all"
                    two.test.        TXT "v=spf1 -all"
                    two.test.        TXT "v=spf1 +all"
                    other.test.      TXT "verification=1"
                    broken.test.     TXT "v=spf1 ip4:192.0.2 -all"
                    host.test.       A    192.0.2.7
                    host.test.       AAAA 2001:db8::7
                    a.test.          TXT "v=spf1 a:host.test/30//64 -all"
                    mx.test.         TXT "v=spf1 mx -all"
                    mx.test.         MX 10 host.test.
                    null.test.       TXT "v=spf1 mx -all"
                    null.test.       MX 0 .
                    ptr.test.        TXT "v=spf1 ptr:www.pool.test -all"
                    ptr2.test.       TXT "v=spf1 ptr:pool.test -all"
                    7.2.0.192.in-addr.arpa. PTR www.pool.test.
                    7.2.0.192.in-addr.arpa. PTR liar.test.
                    www.pool.test.   A 192.0.2.7
                    liar.test.       A 203.0.113.9
                    inc.test.        TXT "v=spf1 include:plain.test ?all"
                    redir.test.      TXT "v=spf1 redirect=plain.test"
                    redirall.test.   TXT "v=spf1 redirect=plain.test ~all"
                    redirnone.test.  TXT "v=spf1 redirect=other.test"
                    loop.test.       TXT "v=spf1 include:loop.test -all"
                    ten.test.        TXT "v=spf1 a a a a a a a a a a -all"
                    ten.test.        A   203.0.113.1
                    eleven.test.     TXT "v=spf1 a a a a a a a a a a a -all"
                    eleven.test.     A   203.0.113.1
                    void2.test.      TXT "v=spf1 a:no1.test a:no2.test -all"
                    void3.test.      TXT "v=spf1 a:no1.test a:no2.test mx:no3.test -all"
                    ipv4only.test.   TXT "v=spf1 mx -all"
                    ipv4only.test.   MX 1 m1.test.
                    ipv4only.test.   MX 2 m2.test.
                    ipv4only.test.   MX 3 m3.test.
                    m1.test.         A 203.0.113.1
                    m2.test.         A 203.0.113.2
                    m3.test.         A 203.0.113.3
                    down.test.       TXT "v=spf1 a:servfail.test -all"
                    downlate.test.   TXT "v=spf1 ip4:192.0.2.0/24 a:servfail.test -all"
                    macro.test.      TXT "v=spf1 exists:%{l1r-}.%{ir}.%{v}.%{d2}.list.test -all"
                    bob.7.2.0.192.in-addr.macro.test.list.test. A 127.0.0.2
                    back.test.       TXT "v=spf1 exists:%{l}.back.test -all"
                    a\\092b.back.test. A 127.0.0.2
                    local.test.      TXT "v=spf1 exists:%{l}.local.test ip4:192.0.2.7 -all"
                    xn--r8jz45g.test. TXT "v=spf1 ip4:192.0.2.7 -all"
                    long.test.       TXT "v=spf1 exists:%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.fits.test -all"
                    exp.test.        TXT "v=spf1 exp=why.test -all"
                    why.test.        TXT "%{i} is not one of %{d}'s, says %{r} at %{t}; see https://x.test/?s=%{S}&p=%{p}"
                    expinc.test.     TXT "v=spf1 include:exp.test -all"
                    onelabel.test.   TXT "v=spf1 a:museum +all"
                    """).on("servfail.test", DnsServer.Fault.SERVFAIL);
    private final DnsJava dns = new DnsJava(new DnsSettings(
            List.of(server.address()), Duration.ofSeconds(5), 1, 1000, Duration.ofHours(1), Duration.ofHours(1)));

    @AfterAll
    void stop() {
        dns.close();
        server.close();
    }

    @ParameterizedTest(name = "{0} from {1}: {2}, for {4}")
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.200          | x@plain.test        | pass      | ip4:192.0.2.0/24 | two strings of one record are joined
            198.51.100.1         | x@plain.test        | fail      | -all             | not in the network
            2001:db8:1::1        | x@plain.test        | pass      | ip6:2001:db8::/32| the other family
            ::ffff:192.0.2.1     | x@plain.test        | pass      | ip4:192.0.2.0/24 | §5: a mapped address is an IPv4 address
            192.0.2.1            | plain.test          | pass      | ip4:192.0.2.0/24 | a domain alone
            192.0.2.1            | x@Plain.Test.       | pass      | ip4:192.0.2.0/24 | case and final dot do not matter
            192.0.2.1            | x@two.test          | permerror |                  | §4.5: two records
            192.0.2.1            | x@other.test        | none      |                  | TXT, but no SPF
            192.0.2.1            | x@nothing.test      | none      |                  | NXDOMAIN
            192.0.2.1            | x@test              | none      |                  | §4.3: one label
            192.0.2.1            | x@a..test           | none      |                  | §4.3: malformed
            192.0.2.1            | x@broken.test       | permerror |                  | an address with three numbers
            192.0.2.6            | x@a.test            | pass      | a:host.test/30//64 | within 30 bits of the host
            192.0.2.8            | x@a.test            | fail      | -all             | not within
            2001:db8::9999       | x@a.test            | pass      | a:host.test/30//64 | within 64 bits
            192.0.2.7            | x@mx.test           | pass      | mx               | the address of the exchanger
            192.0.2.7            | x@null.test         | fail      | -all             | a null MX has no address
            192.0.2.7            | x@ptr.test          | pass      | ptr:www.pool.test | the very name, which leads back
            192.0.2.7            | x@ptr2.test         | pass      | ptr:pool.test    | a name below the domain
            198.51.100.1         | x@ptr.test          | fail      | -all             | no PTR at all
            192.0.2.1            | x@inc.test          | pass      | include:plain.test | included record passes
            198.51.100.1         | x@inc.test          | neutral   | ?all             | included fail is no match
            198.51.100.1         | x@redir.test        | fail      | -all             | the other's result
            198.51.100.1         | x@redirall.test     | softfail  | ~all             | §6.1: all makes redirect void
            198.51.100.1         | x@redirnone.test    | permerror | redirect=other.test | §6.1: no record there
            198.51.100.1         | x@loop.test         | permerror | include:loop.test | ten look-ups end the loop
            192.0.2.1            | x@ten.test          | fail      | -all             | ten look-ups are allowed
            192.0.2.1            | x@eleven.test       | permerror | a                | eleven are not
            192.0.2.1            | x@void2.test        | fail      | -all             | two void look-ups are allowed
            192.0.2.1            | x@void3.test        | permerror | mx:no3.test      | three are not
            2001:db8::1          | x@ipv4only.test     | fail      | -all             | exchangers without IPv6 are one void term
            192.0.2.1            | x@down.test         | temperror | a:servfail.test  | SERVFAIL
            192.0.2.1            | x@downlate.test     | pass      | ip4:192.0.2.0/24 | decided before it is asked
            192.0.2.7            | al-bob@macro.test   | fail      | -all             | l1r- keeps the first part, reversed
            192.0.2.7            | bob-al@macro.test   | pass      | exists:%{l1r-}.%{ir}.%{v}.%{d2}.list.test | l1r- keeps the first part
            192.0.2.7            | a\\b@back.test      | pass      | exists:%{l}.back.test | a backslash stands for itself in a name
            192.0.2.7            | 山田@local.test       | pass      | ip4:192.0.2.7    | RFC 8616 4: %{l} beyond ASCII matches nothing
            192.0.2.7            | x@例え.test          | pass      | ip4:192.0.2.7    | a U-label is asked for as A-label
            192.0.2.7            | x@onelabel.test     | permerror |                  | §7.1: no domain-spec has one label
            """)
    void decides(String ip, String from, String result, String term, String reason) {
        SpfEvaluation evaluation = evaluate(ip, from, "");

        assertThat(evaluation.result().word())
                .as("%s: %s", reason, evaluation.reason())
                .isEqualTo(result);
        assertThat(evaluation.matched().map(SpfEvaluation.Matched::term).orElse(null))
                .as(reason)
                .isEqualTo(term);
    }

    @Test
    void anEmptySenderMeansTheNameInEhlo() {
        SpfEvaluation evaluation = evaluate("192.0.2.1", "", "plain.test");

        assertThat(evaluation.identity()).isEqualTo(SpfQuery.Identity.HELO);
        assertThat(evaluation.result()).isEqualTo(SpfResult.PASS);
    }

    @Test
    void theDomainExplainsAFailInItsOwnWords() {
        assertThat(evaluate("192.0.2.7", "a/b@exp.test", "").explanation())
                .contains("192.0.2.7 is not one of exp.test's, says unknown at 1767225600; "
                        + "see https://x.test/?s=a%2Fb%40exp.test&p=www.pool.test");
    }

    @Test
    void aNameThatIsTooLongIsCutFromTheLeft() {
        evaluate("192.0.2.7", "x@long.test", "");

        assertThat(server.queries()).extracting(DnsServer.Query::name).contains("long.test.".repeat(24) + "fits.test.");
    }

    @Test
    void anIncludedRecordExplainsNothing() {
        assertThat(evaluate("198.51.100.1", "x@expinc.test", "").explanation()).isEmpty();
        assertThat(evaluate("198.51.100.1", "x@soft.test", "").explanation()).isEmpty();
    }

    @Test
    void lookupsAreCounted() {
        SpfEvaluation evaluation = evaluate("198.51.100.1", "x@void2.test", "");

        assertThat(evaluation.lookups()).isEqualTo(2);
        assertThat(evaluation.voidLookups()).isEqualTo(2);
    }

    @Test
    void whatTakesTooLongIsATemperror() {
        Clock hurrying = new Clock() {
            private int asked;

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusSeconds(15L * asked++);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        SpfEvaluation evaluation = new SpfEvaluator(dns, SpfSettings.defaults(), hurrying)
                .evaluate(SpfQuery.of(IpAddress.parse("192.0.2.1").orElseThrow(), "x@plain.test", ""));

        assertThat(evaluation.result()).isEqualTo(SpfResult.TEMPERROR);
        assertThat(evaluation.reason()).isEqualTo("it took longer than 20 s");
    }

    private SpfEvaluation evaluate(String ip, String from, String helo) {
        return new SpfEvaluator(dns, SpfSettings.defaults(), CLOCK)
                .evaluate(SpfQuery.of(IpAddress.parse(ip).orElseThrow(), from, helo));
    }
}
