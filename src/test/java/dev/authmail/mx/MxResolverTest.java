package dev.authmail.mx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.dns.MxRecord;
import dev.authmail.dns.TlsaRecord;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MxResolverTest {
    private final DnsServer server = DnsServer.start().zone("example.test", """
            @        MX 30 c
            @        MX 10 a
            @        MX 20 b
            equal    MX 10 one
            equal    MX 10 two
            equal    MX 10 three
            equal    MX 20 last
            implicit A  198.51.100.1
            nothing  TXT "no mail here"
            null     MX 0 .
            nullish  MX 10 .
            mixed    MX 0 .
            mixed    MX 10 a
            literal  MX 10 192.0.2.1.
            literal  MX 20 a
            onlyip   MX 10 192.0.2.1.
            twice    MX 10 a
            twice    MX 20 a
            twice    MX 30 b
            aliased  MX 10 alias
            alias    CNAME a
            cdomain  CNAME equal
            dangling CNAME gone
            loop     CNAME pool
            pool     CNAME loop
            many     MX 1 m1
            many     MX 2 m2
            many     MX 3 m3
            many     MX 4 m4
            own      MX 10 a
            own      MX 20 self
            own      MX 20 b
            own      MX 30 c
            ownfirst MX 10 self
            ownfirst MX 20 a
            a        A 198.51.100.11
            b        A 198.51.100.12
            b        A 198.51.100.13
            b        A 198.51.100.14
            b        AAAA 2001:db8::1
            b        AAAA 2001:db8::2
            six      AAAA 2001:db8::6
            private  A 10.0.0.1
            partly   A 10.0.0.1
            partly   A 198.51.100.20
            mapped   AAAA ::ffff:10.0.0.1
            """);
    private final DnsJava dns = new DnsJava(new DnsSettings(
            List.of(server.address()), Duration.ofSeconds(3), 1, 100, Duration.ofHours(1), Duration.ofMinutes(1)));

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            example,  a b c,        by preference
            implicit, implicit,     no MX record: the domain itself. RFC 5321 5.1
            nothing,  nothing,      the implicit MX; that it has no address is found out when it is asked for
            mixed,    a,            the root among others is a mistake. RFC 7505 3
            literal,  a,            an address is no host name. RFC 5321 5.1
            twice,    a b,          a host is tried once
            aliased,  alias,        a CNAME'd host keeps the name that the MX record says
            many,     m1 m2 m3,     three hosts at most by the settings
            own,      a,            we and all that are not preferred to us are left out. RFC 5321 5.1
            """)
    void hostsComeInTheOrderInWhichTheyAreTried(String domain, String expected, String reason) {
        assertThat(hosts(resolver(), domain)).as(reason).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            null,     NullMx,       RFC 7505
            nullish,  NullMx,       the root alone, whatever its preference
            missing,  NoSuchDomain, NXDOMAIN
            dangling, NoSuchDomain, an alias of a name that does not exist
            loop,     DnsFailure,   aliases in a circle
            onlyip,   NoUsableHost, there is an MX record so there is no implicit MX
            ownfirst, OwnHost,      mail would come back to us
            broken,   DnsFailure,   SERVFAIL: never the implicit MX
            silent,   DnsFailure,   time-out: never the implicit MX
            """)
    void whyThereIsNoHostIsToldApart(String domain, String expected, String reason) {
        server.on("broken.example.test", Fault.SERVFAIL).on("silent.example.test", Fault.SILENCE);

        assertThat(resolver().resolve(domain(domain)).getClass().getSimpleName())
                .as(reason)
                .isEqualTo(expected);
    }

    @Test
    void aDnsFailureAsksForNoAddress() {
        server.on("broken.example.test", Fault.SERVFAIL);

        resolver().resolve(domain("broken"));

        assertThat(server.queries()).extracting(DnsServer.Query::type).containsOnly("MX");
    }

    @Test
    void equalPreferencesAreShuffledAndTheLessPreferredStayBehind() {
        MxResolver resolver = new MxResolver(dns, settings(IpPreference.IPV4_FIRST, true), new Random(1));
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            orders.add(hosts(resolver, "equal"));
        }

        assertThat(orders).hasSize(6).allMatch(order -> order.endsWith(" last"));
    }

    @Test
    void aDomainThatIsAnAliasHasTheMxOfItsTarget() {
        assertThat(hosts(resolver(), "cdomain")).contains("one", "two", "three");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(textBlock = """
            b,       IPV4_FIRST, 198.51.100.12 2001:db8:0:0:0:0:0:1 198.51.100.13 2001:db8:0:0:0:0:0:2, in turn and four at most
            b,       IPV6_FIRST, 2001:db8:0:0:0:0:0:1 198.51.100.12 2001:db8:0:0:0:0:0:2 198.51.100.13, in turn
            b,       IPV4_ONLY,  198.51.100.12 198.51.100.13 198.51.100.14, IPv4 alone
            b,       IPV6_ONLY,  2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:2, IPv6 alone
            six,     IPV4_FIRST, 2001:db8:0:0:0:0:0:6, a host with IPv6 alone
            six,     IPV4_ONLY,  None,                 no address that we use
            alias,   IPV4_FIRST, 198.51.100.11,        a CNAME'd host
            partly,  IPV4_FIRST, 198.51.100.20,        the forbidden one is left out
            private, IPV4_FIRST, OnlyForbidden,        RFC 1918
            mapped,  IPV4_FIRST, OnlyForbidden,        RFC 1918 in disguise
            nothing, IPV4_FIRST, None,                 NODATA
            missing, IPV4_FIRST, None,                 NXDOMAIN
            """)
    void addressesOfAHost(String host, IpPreference preference, String expected, String reason) {
        MxResolver resolver = new MxResolver(dns, settings(preference, false), new Random(1));

        assertThat(shown(resolver.addresses(exchanger(host)))).as(reason).isEqualTo(expected);
    }

    @Test
    void privateAddressesAreUsedWhenTheSettingAllowsThem() {
        MxResolver resolver = new MxResolver(dns, settings(IpPreference.IPV4_FIRST, true), new Random(1));

        assertThat(shown(resolver.addresses(exchanger("private")))).isEqualTo("10.0.0.1");
    }

    @Test
    void aHostWhoseAddressesCannotBeAskedForIsATemporaryFailure() {
        server.on("a.example.test", Fault.SERVFAIL);

        assertThat(resolver().addresses(exchanger("a"))).isInstanceOf(HostAddresses.DnsFailure.class);
    }

    @Test
    void aKindOfAddressThatCouldNotBeAskedForMayBeThePublicOne() {
        Dns half = new HalfDns(
                new DnsAnswer.Found<>(List.of(loopback()), false, "a.example.test"),
                new DnsAnswer.Failed<>("AAAA of a.example.test: SERVFAIL"));
        MxResolver resolver = new MxResolver(half, settings(IpPreference.IPV4_FIRST, false), new Random(1));

        assertThat(resolver.addresses(exchanger("a"))).isInstanceOf(HostAddresses.DnsFailure.class);
    }

    /** A DNS that can answer for one kind of address and not for the other, which no fault of a name does. */
    private record HalfDns(DnsAnswer<Inet4Address> ipv4, DnsAnswer<Inet6Address> ipv6) implements Dns {
        @Override
        public DnsAnswer<MxRecord> mx(String name) {
            return new DnsAnswer.NoData<>();
        }

        @Override
        public DnsAnswer<Inet4Address> a(String name) {
            return ipv4;
        }

        @Override
        public DnsAnswer<Inet6Address> aaaa(String name) {
            return ipv6;
        }

        @Override
        public DnsAnswer<String> txt(String name) {
            return new DnsAnswer.NoData<>();
        }

        @Override
        public DnsAnswer<String> ptr(String name) {
            return new DnsAnswer.NoData<>();
        }

        @Override
        public DnsAnswer<TlsaRecord> tlsa(String name) {
            return new DnsAnswer.NoData<>();
        }

        @Override
        public DnsAnswer<String> cname(String name) {
            return new DnsAnswer.NoData<>();
        }
    }

    private static Inet4Address loopback() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private MxResolver resolver() {
        return new MxResolver(dns, settings(IpPreference.IPV4_FIRST, false), new Random(1));
    }

    private static MxSettings settings(IpPreference preference, boolean allowPrivate) {
        return new MxSettings(allowPrivate ? 9 : 3, 4, allowPrivate, Set.of("SELF.example.test."), preference);
    }

    private static String hosts(MxResolver resolver, String domain) {
        MxLookup lookup = resolver.resolve(domain(domain));
        assertThat(lookup).isInstanceOf(MxLookup.Found.class);
        List<String> hosts = ((MxLookup.Found) lookup)
                .hosts().stream()
                        .map(h -> h.host().replace(".example.test", ""))
                        .toList();
        return String.join(" ", hosts);
    }

    private static Domain domain(String label) {
        return new Domain(label.equals("example") ? "example.test" : label + ".example.test");
    }

    private static MailExchanger exchanger(String label) {
        return new MailExchanger(10, label + ".example.test");
    }

    private static String shown(HostAddresses addresses) {
        return addresses instanceof HostAddresses.Found found
                ? String.join(
                        " ",
                        found.addresses().stream()
                                .map(InetAddress::getHostAddress)
                                .toList())
                : addresses.getClass().getSimpleName();
    }
}
