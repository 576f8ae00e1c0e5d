package dev.authmail.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsJavaTest {
    private final DnsServer server = DnsServer.start();
    private DnsJava dns;

    @BeforeEach
    void askTheServer() {
        server.zone("example.test", """
                @       MX  20 MX2
                @       MX  10 mx1
                @       A   192.0.2.1
                @       AAAA 2001:db8::1
                @       TXT "v=spf1 " "-all"
                semi    TXT "v=DKIM1; k=rsa; p=AA=="
                null    MX  0 .
                nodata  TXT "here"
                alias   CNAME target
                target  A   192.0.2.7
                nowhere CNAME missing
                loop    CNAME pool
                pool    CNAME loop
                mapped  AAAA ::ffff:10.0.0.1
                silent  A   192.0.2.9
                cut     A   192.0.2.10
                1.2     PTR Mail
                a\\092b  A   192.0.2.11
                """);
        dns = dnsOf(Duration.ofSeconds(5), server.address());
    }

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    @Test
    void mxRecordsComeWithLowerCaseHostsWithoutTheFinalDot() {
        assertThat(found(dns.mx("example.test")))
                .containsExactlyInAnyOrder(new MxRecord(10, "mx1.example.test"), new MxRecord(20, "mx2.example.test"));
    }

    @Test
    void theRootAsExchangeIsTheEmptyName() {
        assertThat(found(dns.mx("null.example.test."))).containsExactly(new MxRecord(0, ""));
    }

    @Test
    void addressesOfBothKindsAreFound() {
        assertThat(found(dns.a("example.test")))
                .extracting(a -> a.getHostAddress())
                .containsExactly("192.0.2.1");
        assertThat(found(dns.aaaa("example.test")))
                .extracting(a -> a.getHostAddress())
                .containsExactly("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aMappedAddressStaysAnIpv6Address() {
        assertThat(found(dns.aaaa("mapped.example.test"))).hasSize(1);
    }

    @Test
    void stringsOfATxtRecordAreJoinedWithoutASpace() {
        assertThat(found(dns.txt("example.test"))).containsExactly("v=spf1 -all");
        assertThat(found(dns.txt("semi.example.test"))).containsExactly("v=DKIM1; k=rsa; p=AA==");
    }

    @Test
    void aReverseNameHasHostNamesWithoutTheFinalDot() {
        assertThat(found(dns.ptr("1.2.example.test"))).containsExactly("Mail.example.test");
    }

    @Test
    void aBackslashStandsForItself() {
        assertThat(found(dns.a("a\\b.example.test"))).hasSize(1);
    }

    @Test
    void aCnameIsFollowed() {
        assertThat(found(dns.a("alias.example.test")))
                .extracting(a -> a.getHostAddress())
                .containsExactly("192.0.2.7");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            missing.example.test, NoSuchName, NXDOMAIN
            nowhere.example.test, NoSuchName, a CNAME to a name that does not exist
            nodata.example.test,  NoData,     the name exists with another type
            loop.example.test,    Failed,     a CNAME loop says nothing about the name
            elsewhere.test,       Failed,     the server refuses names of no zone of its
            servfail.example.test,Failed,     RFC 5321 5.1: temporary
            refused.example.test, Failed,     the server may be misconfigured
            bad..name,            Failed,     not a name at all
            """)
    void everyKindOfAnswerIsToldApart(String name, String expected, String reason) {
        server.on("servfail.example.test", Fault.SERVFAIL).on("refused.example.test", Fault.REFUSED);

        assertThat(dns.a(name).getClass().getSimpleName()).as(reason).isEqualTo(expected);
        assertThat(dns.a(name).getClass().getSimpleName())
                .as("the same from the cache")
                .isEqualTo(expected);
    }

    @Test
    void aNameThatIsTooLongFails() {
        assertThat(dns.mx("a.".repeat(150) + "test")).isInstanceOf(DnsAnswer.Failed.class);
        assertThat(dns.mx("a".repeat(64) + ".test")).isInstanceOf(DnsAnswer.Failed.class);
        assertThat(dns.mx("例え.test")).isInstanceOf(DnsAnswer.Failed.class);
    }

    @Test
    void silenceFailsWithinTheTimeLimit() {
        server.on("silent.example.test", Fault.SILENCE);
        try (DnsJava impatient = dnsOf(Duration.ofMillis(400), server.address())) {
            long start = System.nanoTime();

            assertThat(impatient.a("silent.example.test")).isInstanceOf(DnsAnswer.Failed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aTruncatedAnswerIsAskedForOverTcp() {
        server.on("cut.example.test", Fault.TRUNCATE);

        assertThat(found(dns.a("cut.example.test"))).hasSize(1);
        assertThat(server.queries()).contains(new DnsServer.Query("cut.example.test.", "A", true));
    }

    @Test
    void anAnswerLargerThanADatagramArrivesWhole() {
        server.zone(
                "big.test",
                IntStream.range(0, 200).mapToObj(i -> "@ A 192.0.2." + i).collect(Collectors.joining("\n", "", "\n")));

        assertThat(found(dns.a("big.test"))).hasSize(200);
    }

    @Test
    void aDeadFirstServerIsPassedOver() {
        InetSocketAddress dead = deadServer();
        try (DnsJava both = dnsOf(Duration.ofSeconds(4), dead, server.address())) {
            assertThat(found(both.a("example.test"))).hasSize(1);
        }
    }

    @Test
    void aFirstServerThatCannotAnswerIsPassedOver() {
        try (DnsServer broken = DnsServer.start();
                DnsJava both = dnsOf(Duration.ofSeconds(4), broken.address(), server.address())) {
            broken.on("example.test", Fault.SERVFAIL);

            assertThat(found(both.a("example.test"))).hasSize(1);
            assertThat(broken.queries("example.test")).isEqualTo(1);
        }
    }

    @Test
    void noServerAtAllIsAFailure() {
        try (DnsJava none = dnsOf(Duration.ofSeconds(2), deadServer())) {
            assertThat(none.mx("example.test")).isInstanceOf(DnsAnswer.Failed.class);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            example.test,         an answer
            missing.example.test, NXDOMAIN
            nodata.example.test,  NODATA
            """)
    void answersAreRememberedForTheirTtl(String name, String reason) {
        dns.a(name);
        dns.a(name);

        assertThat(server.queries(name)).as(reason).isEqualTo(1);
    }

    @Test
    void failuresAreNotRemembered() {
        server.on("example.test", Fault.SERVFAIL);
        assertThat(dns.a("example.test")).isInstanceOf(DnsAnswer.Failed.class);

        server.heal("example.test");
        assertThat(found(dns.a("example.test"))).hasSize(1);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DnsSettings(List.of(), Duration.ZERO, 1, 1, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("time limit");
    }

    private static InetSocketAddress deadServer() {
        try (DnsServer gone = DnsServer.start()) {
            return gone.address();
        }
    }

    private static DnsJava dnsOf(Duration timeout, InetSocketAddress... servers) {
        return new DnsJava(
                new DnsSettings(List.of(servers), timeout, 2, 100, Duration.ofHours(1), Duration.ofMinutes(1)));
    }

    private static <T> List<T> found(DnsAnswer<T> answer) {
        assertThat(answer).isInstanceOf(DnsAnswer.Found.class);
        return ((DnsAnswer.Found<T>) answer).records();
    }
}
