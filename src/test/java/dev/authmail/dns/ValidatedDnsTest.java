package dev.authmail.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of a signed zone, of one that is not, and of a signed one that somebody tampered with. */
class ValidatedDnsTest {
    private static final String HASH = "aa".repeat(32);

    private final DnsServer server = DnsServer.start()
            .signedZone("signed.test", """
                    @            MX    10 mx
                    mx           A     192.0.2.1
                    mx           AAAA  2001:db8::1
                    _25._tcp.mx  TLSA  3 1 1 %s
                    alias        CNAME mx
                    away         CNAME mx.plain.test.
                    child        NS    ns.plain.test.
                    stripped     A     192.0.2.3
                    """.formatted(HASH))
            .zone("child.signed.test", "mx A 192.0.2.4\n")
            .zone("plain.test", """
                    mx           A     192.0.2.2
                    back         CNAME mx.signed.test.
                    _25._tcp.mx  TLSA  3 1 1 %s
                    """.formatted(HASH))
            .on("stripped.signed.test", Fault.UNSIGNED)
            .on("hidden.signed.test", Fault.UNSIGNED);
    private final DnsJava dns = DnsJava.validating(settings(server.address()), server.trustAnchors());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    private static DnsSettings settings(InetSocketAddress address) {
        return new DnsSettings(
                List.of(address), Duration.ofSeconds(5), 1, 100, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            mx.signed.test       | secure   | mx.signed.test       | signed, from the anchor down
            alias.signed.test    | secure   | mx.signed.test       | an alias inside the zone
            away.signed.test     | insecure | mx.plain.test        | a signed alias of a name that is not signed
            mx.child.signed.test | insecure | mx.child.signed.test | a delegation that is provably not signed
            mx.plain.test        | insecure | mx.plain.test        | no anchor above it
            back.plain.test      | insecure | mx.signed.test       | an unsigned alias of a signed name
            """)
    void anAnswerIsSecureWhenAllOfItIsProven(String name, String security, String owner, String reason) {
        DnsAnswer.Found<?> found = (DnsAnswer.Found<?>) dns.a(name);

        assertThat(found.secure()).as(reason).isEqualTo(security.equals("secure"));
        assertThat(found.owner()).isEqualTo(owner);
        assertThat(dns.a(name)).as("from the cache").isEqualTo(found);
        assertThat(server.queries().stream()
                        .filter(q -> q.name().equals(name + ".") && q.type().equals("A")))
                .hasSize(1);
    }

    @Test
    void otherTypesAreReadAlike() {
        assertThat(dns.mx("signed.test"))
                .isEqualTo(new DnsAnswer.Found<>(List.of(new MxRecord(10, "mx.signed.test")), true, "signed.test"));
        assertThat(dns.tlsa("_25._tcp.mx.signed.test"))
                .isEqualTo(
                        new DnsAnswer.Found<>(List.of(new TlsaRecord(3, 1, 1, HASH)), true, "_25._tcp.mx.signed.test"));
        assertThat(dns.cname("away.signed.test"))
                .isEqualTo(new DnsAnswer.Found<>(List.of("mx.plain.test"), true, "away.signed.test"));
    }

    @Test
    void whatIsNotThereIsToldApart() {
        assertThat(dns.tlsa("_25._tcp.alias.signed.test")).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(dns.tlsa("mx.signed.test")).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(dns.cname("mx.signed.test")).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(dns.a("missing.plain.test")).isInstanceOf(DnsAnswer.NoSuchName.class);
    }

    @Test
    void whatSomebodyTamperedWithIsAFailure() {
        assertThat(dns.a("stripped.signed.test")).isInstanceOf(DnsAnswer.Failed.class);
        assertThat(dns.tlsa("hidden.signed.test"))
                .as("that there is none must be proven as well")
                .isInstanceOf(DnsAnswer.Failed.class);
    }

    @Test
    void anotherKeyThanTheAnchorIsAFailure() {
        try (DnsServer other = DnsServer.start().signedZone("signed.test", "mx A 192.0.2.1\n");
                DnsJava misled = DnsJava.validating(settings(other.address()), server.trustAnchors())) {
            assertThat(misled.a("mx.signed.test"))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Failed.class,
                            failed -> assertThat(failed.detail()).contains("SERVFAIL"));
        }
    }

    @Test
    void aFileWithoutAnchorsIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "; nothing\n");
        Path words = Files.writeString(folder.resolve("words"), "these are words\n");
        Path missing = folder.resolve("missing");

        for (Path file : List.of(empty, words, missing)) {
            assertThatThrownBy(() -> DnsJava.validating(settings(server.address()), file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void onlyAServerOnThisHostIsBelieved() {
        assertThatThrownBy(() -> DnsJava.trustingLocal(settings(new InetSocketAddress("192.0.2.1", 53))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not on loopback");
        try (DnsJava trusting = DnsJava.trustingLocal(settings(server.address()))) {
            assertThat(((DnsAnswer.Found<?>) trusting.a("mx.signed.test")).secure())
                    .as("this one validates nothing and says so")
                    .isFalse();
        }
    }
}
