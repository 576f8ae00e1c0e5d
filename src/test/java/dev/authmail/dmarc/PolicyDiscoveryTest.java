package dev.authmail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.dmarc.PolicyDiscovery.Discovered;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.testkit.DnsServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyDiscoveryTest {
    private final DnsServer server =
            DnsServer.start().zone(".", """
                    _dmarc.example.com.           TXT "v=DMARC1; p=reject; sp=none"
                    _dmarc.mail.example.com.      TXT "v=DMARC1; p=quarantine"
                    _dmarc.own.example.com.       TXT "v=DMARC1; p=none; psd=n"
                    _dmarc.two.example.com.       TXT "v=DMARC1; p=none"
                    _dmarc.two.example.com.       TXT "v=DMARC1; p=reject"
                    _dmarc.other.example.com.     TXT "verification=1"
                    _dmarc.broken.example.com.    TXT "v=DMARC1; p=oops"
                    _dmarc.bank.                  TXT "v=DMARC1; p=reject; psd=y"
                    _dmarc.own.bank.              TXT "v=DMARC1; p=none"
                    _dmarc.city.jp.               TXT "v=DMARC1; p=none; psd=y"
                    """).on("_dmarc.down.example.com", DnsServer.Fault.SERVFAIL);
    private final DnsJava dns = new DnsJava(new DnsSettings(
            List.of(server.address()), Duration.ofSeconds(5), 1, 1000, Duration.ofHours(1), Duration.ofHours(1)));
    private final PolicyDiscovery discovery = new PolicyDiscovery(dns);

    @AfterAll
    void stop() {
        dns.close();
        server.close();
    }

    @ParameterizedTest(name = "{0}: within {1}, record at {2}; {3}")
    @CsvSource(textBlock = """
            example.com,          example.com,     example.com,      its own record
            a.b.example.com,      example.com,     example.com,      the record above
            mail.example.com,     example.com,     mail.example.com, own record and organization above
            x.mail.example.com,   example.com,     example.com,      only the organizational domain is asked when there is none
            own.example.com,      own.example.com, own.example.com,  psd=n ends the walk
            x.own.example.com,    own.example.com, own.example.com,  psd=n above ends it as well
            two.example.com,      example.com,     example.com,      two records are none
            other.example.com,    example.com,     example.com,      another TXT record is none
            broken.example.com,   example.com,     example.com,      a record without policy and reports is none
            x.y.shop.bank,        shop.bank,       bank,             psd=y: one label below
            x.own.bank,           own.bank,        own.bank,         a record below psd=y
            bank,                 bank,            bank,             psd=y of the start itself
            nobody.test,          nobody.test,     ,                 no record anywhere
            a.nobody.test,        a.nobody.test,   ,                 then the domain itself
            Mail.Example.COM,     example.com,     mail.example.com, case does not matter
            """)
    void finds(String domain, String organizational, String policyAt, String reason) {
        Discovered.Known known = (Discovered.Known) discovery.discover(domain);

        assertThat(known.organizationalDomain()).as(reason).isEqualTo(organizational);
        assertThat(known.policy().map(PolicyDiscovery.PublishedPolicy::domain).orElse(null))
                .as(reason)
                .isEqualTo(policyAt);
    }

    @Test
    void silenceIsUnknownAndNeverNone() {
        assertThat(discovery.discover("down.example.com")).isInstanceOf(Discovered.Unknown.class);
    }

    @Test
    void aLongNameIsWalkedInEightSteps() {
        assertThat(PolicyDiscovery.names("a.b.c.d.e.f.g.h.i.example.com"))
                .containsExactly(
                        "a.b.c.d.e.f.g.h.i.example.com",
                        "e.f.g.h.i.example.com", // seven labels and below
                        "f.g.h.i.example.com",
                        "g.h.i.example.com",
                        "h.i.example.com",
                        "i.example.com",
                        "example.com",
                        "com");
    }

    @ParameterizedTest(name = "{0} and {1}: {3}")
    @CsvSource(textBlock = """
            mail.example.com, bounce.example.com, true,  one organization
            example.com,      example.com,        true,  the same
            example.com,      own.example.com,    false, psd=n makes it another organization
            example.com,      example.org,        false, another
            shop.bank,        x.shop.bank,        true,  below a public suffix
            shop.bank,        other.bank,         false, two owners below a public suffix
            """)
    void relaxedAlignment(String author, String authenticated, boolean aligned, String reason) {
        assertThat(new IdentifierAlignment(discovery).aligned(author, authenticated, DmarcRecord.Alignment.RELAXED))
                .as(reason)
                .contains(aligned);
    }

    @Test
    void strictAlignmentWantsTheVeryDomain() {
        IdentifierAlignment alignment = new IdentifierAlignment(discovery);

        assertThat(alignment.aligned("example.com", "mail.example.com", DmarcRecord.Alignment.STRICT))
                .contains(false);
        assertThat(alignment.aligned("example.com", "EXAMPLE.com", DmarcRecord.Alignment.STRICT))
                .contains(true);
        assertThat(alignment.aligned("example.com", "down.example.com", DmarcRecord.Alignment.RELAXED))
                .isEmpty();
    }
}
