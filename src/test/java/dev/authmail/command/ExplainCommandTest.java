package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.PolicyHost;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.traffic.ProviderLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    private static final TlsSettings NO_POLICY =
            new TlsSettings(TlsSettings.Dane.OFF, null, false, null, Duration.ofSeconds(5), 1, TrustAnchors.ofJvm());

    @TempDir
    private Path folder;

    @Test
    void oneReplyIsExplainedForPeople() {
        Run run = explain("", "421-4.7.28 unusual rate", "--mx", "gmail-smtp-in.l.google.com", "--phase", "dot");

        assertThat(run.status()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "reply 421 4.7.28 unusual rate",
                        "asked as direct, dot, gmail-smtp-in.l.google.com",
                        "because provider google.com, enhanced 4.7.28",
                        "fault sender",
                        "scope our-ip: the address we send from",
                        "action later: again in tier 10m after a first attempt",
                        "tier soft",
                        "userState delayed",
                        "wait 10m at least, as the rule says");
        assertThat(run.out()).containsPattern("rule +google-rate +rules/replies.yaml:\\d+");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 no such user                  | --phase=rcpt  | action    give-up-and-suppress         | nobody there
            550 5.1.1 no such user                  | --phase=mail  | asked as  direct, mail                 | the phase is heeded
            450 greylisted, come back in 300 seconds | --phase=rcpt | wait      5m at least, as the server asks | the server names a time
            zzqq                                    | --phase=rcpt  | (it holds no reply code: read as 550)  | no code
            550 zzqq                                | --phase=rcpt  | and no rule knows this text            | unknown
            550 5.7.1 Relay access denied           | --route=relay | action    next                         | a relay's own refusal
            250 2.0.0 OK                            | --phase=dot   | tier      delivered                    | no refusal
            550 no such user hanako@b.test          | --phase=rcpt  | no such user …@b.test                  | nobody's name is shown
            """)
    void whatDecidesIsShown(String reply, String option, String line, String reason) {
        Run run = explain("", reply, option);

        assertThat(run.out().replaceAll(" +", " ")).as(reason).contains(line.replaceAll(" +", " "));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            550 x --phase=rctp      | phase is none of connect        | a phase that does not exist
            550 x --route=ship      | route is none of                | a route that does not exist
            550 x --rules=/nowhere  | /nowhere cannot be read         | a folder that is not there
            --batch --address=a@b.c | --batch, --address              | two questions
            --address=nonsense      | The address                     | no address
            --address=a@b.c --dns=: | --dns : is not host:port        | no server
            """)
    void aWrongQuestionIsRefused(String arguments, String message, String reason) {
        Run run = explain("", arguments.replace("550 x ", "550\u00a0x ").split(" "));

        assertThat(run.status()).as(reason).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aBatchAnswersEachLineInItsOrder() {
        Run run = explain("""
                {"reply":"550 5.1.1 no such user"}
                {"reply":"421 4.7.28 rate","mx":"mx.google.com","phase":"dot"}\r
                {"reply":"550-5.7.1 first\\r\\n550 5.7.1 blocked using zen.spamhaus.org","extra":1}
                {"reply":"250 2.0.0 OK"}
                """, "--batch");

        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "{\"rule\":\"unknown-user\",\"fault\":\"recipient\",\"scope\":\"address\","
                                + "\"action\":\"give-up-and-suppress\",\"tier\":\"hard\",\"userState\":\"address-unknown\"}",
                        "{\"rule\":\"google-rate\",\"fault\":\"sender\",\"scope\":\"our-ip\",\"action\":\"later\","
                                + "\"tier\":\"soft\",\"userState\":\"delayed\",\"waitSeconds\":600}",
                        "{\"rule\":\"our-blocklist\",\"fault\":\"sender\",\"scope\":\"our-ip\",\"action\":\"later\","
                                + "\"tier\":\"policy\",\"userState\":\"delayed\"}",
                        "{\"rule\":\"accepted\",\"action\":\"done\",\"tier\":\"delivered\",\"userState\":\"sent\"}");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                | not JSON                  | no JSON
            []                                      | not a JSON object         | no object
            {"reply":"550 x"} {}                    | not JSON                  | two objects
            {"reply":"550 x","reply":"250 y"}       | not JSON                  | a name twice
            {"mx":"b.test"}                         | reply is missing          | no reply
            {"reply":" "}                           | reply is missing          | an empty reply
            {"reply":550}                           | reply is not a string     | a number
            {"reply":"550 x","phase":"rctp"}        | phase is none of          | an unknown phase
            ``                                      | not a JSON object         | an empty line
            """)
    void aLineThatCannotBeReadIsTold(String line, String error, String reason) {
        Run run = explain("{\"reply\":\"550 a\"}\n" + line + "\n{\"reply\":\"550 b\"}\n", "--batch");

        assertThat(run.status()).as(reason).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out().lines().toList().get(1)).startsWith("{\"line\":2,\"error\":\"" + error);
        assertThat(run.out().lines().toList().get(2)).contains("any-rcpt");
    }

    @Test
    void aLineWithoutMeasureIsPassedOver() {
        String huge = "{\"reply\":\"" + "x".repeat(10_000_000) + "\"}\n";
        Run run = explain(huge + "{\"reply\":\"550 5.1.1 " + "メ".repeat(10_000) + "\"}\n", "--batch");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "{\"line\":1,\"error\":\"the line has more than 65536 octets\"}",
                        "{\"rule\":\"unknown-user-code\",\"fault\":\"recipient\",\"scope\":\"address\","
                                + "\"action\":\"give-up-and-suppress\",\"tier\":\"hard\",\"userState\":\"address-unknown\"}");
    }

    @Test
    void tenThousandLinesAreNotMuch() {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 10_000)
                .forEach(i -> lines.append("{\"reply\":\"550 5.7.1 refused, see rule ")
                        .append(i)
                        .append(" of this long and winding answer that nobody has ever seen before\"}\n"));
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();

        assertThat(explain(lines.toString(), "--batch").out().lines()).hasSize(10_000);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void onesOwnRulesDecideFirst() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), """
                rules:
                  - {id: mine, text: 'Zzqq', fault: policy, scope: domain, wait: 30m}
                """);

        Run run = explain("{\"reply\":\"450 the ZZQQ says no\"}\n", "--batch", "--rules", folder.toString());

        assertThat(run.out()).contains("\"rule\":\"mine\"", "\"waitSeconds\":1800");
    }

    @Test
    void theWayOfAMailIsShownWithoutSendingIt() {
        try (DnsServer dns = DnsServer.start()) {
            dns.zone("b.test", "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 127.0.0.1");
            dns.zone("null.test", "@ MX 0 .");

            Run run = way(dns, "hanako.yamada@b.test");

            assertThat(run.status()).isZero();
            assertThat(run.out()).doesNotContain("hanako");
            assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                    .contains(
                            "house 127.0.0.9 127.0.0.9 587 required settings",
                            "direct mx1.b.test 10 192.0.2.1 25 required settings",
                            "direct mx2.b.test has only addresses that are not public: the next host",
                            "connections 20 to one server, 500 in all; 100 mails and 5m over one, 20s idle",
                            "provider b.test: 10 connections, 50 mails over one, 60 mails a minute",
                            "attempt 2m at most for all hops",
                            "retry 30s, 2m, 10m, 30m, the last repeats until the deadline");
            assertThat(run.out())
                    .contains("what is held and closed is not known: the topic state could not be read from");
            assertThat(way(dns, "a@null.test").out()).contains("takes no mail (null MX): dead letter");
            assertThat(way(dns, "a@nowhere.test").out()).contains("the DNS cannot answer");
        }
    }

    private Run way(DnsServer dns, String address) {
        return explain(
                "", "--address", address, "--dns", "127.0.0.1:" + dns.address().getPort());
    }

    private static Run explain(String in, String... arguments) {
        return Run.of(
                new ExplainCommand(
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        () -> setup(NO_POLICY),
                        StateTopics::unreachable,
                        Clock.systemUTC()),
                arguments);
    }

    @Test
    void whatDomainsDemandIsShown() {
        TestCertificates certificates = new TestCertificates();
        String policy = "version: STSv1\nmode: enforce\nmx: mx.sts.test\nmax_age: 86400\n";
        try (DnsServer dns = DnsServer.start()
                        .signedZone("dane.test", """
                                @           MX   10 mx
                                mx          A    192.0.2.1
                                _25._tcp.mx TLSA %s
                                """.formatted(
                                        certificates.identity("mx.dane.test").tlsa(3, 1, 1, 0)))
                        .zone("sts.test", """
                                @        MX  10 mx
                                @        MX  20 mx.stranger.test.
                                mx       A   192.0.2.2
                                _mta-sts TXT "v=STSv1; id=1"
                                """)
                        .zone("stranger.test", "mx A 192.0.2.3\n");
                PolicyHost web = PolicyHost.start(certificates.validFor("mta-sts.sts.test"))
                        .policy("mta-sts.sts.test", policy)) {
            TlsSettings tls = new TlsSettings(
                    TlsSettings.Dane.TRUST_ANCHORS,
                    dns.trustAnchors(),
                    true,
                    web.proxy(),
                    Duration.ofSeconds(30),
                    10,
                    TrustAnchors.ofPem(certificates.pem()));
            InputStream nothing = InputStream.nullInputStream();
            String server = "127.0.0.1:" + dns.address().getPort();
            ExplainCommand command =
                    new ExplainCommand(nothing, () -> setup(tls), StateTopics::unreachable, Clock.systemUTC());

            assertThat(Run.of(command, "--address", "a@dane.test", "--dns", server)
                            .out()
                            .replaceAll(" +", " "))
                    .contains("direct mx.dane.test 10 192.0.2.1 25 dane its domain");
            assertThat(Run.of(command, "--address", "a@sts.test", "--dns", server)
                            .out()
                            .replaceAll(" +", " "))
                    .contains(
                            "direct mx.sts.test 10 192.0.2.2 25 mta-sts its domain",
                            "direct mx.stranger.test the MTA-STS policy of the domain does not name mx.stranger.test: the"
                                    + " next host",
                            "MTA-STS sts.test has a policy, enforce");
        }
    }

    private static DeliverySetup setup(TlsSettings tls) {
        DnsSettings dns = DnsSettings.defaults();
        return new DeliverySetup(
                Optional.empty(),
                List.of(new RelaySettings("house", "127.0.0.9", 587, TlsPolicy.REQUIRED, null)),
                new DirectSettings(
                        true, 25, TlsPolicy.OPPORTUNISTIC, Set.of(new Domain("b.test")), Duration.ofSeconds(5)),
                MxSettings.defaults(),
                new DnsSettings(
                        dns.servers(),
                        Duration.ofSeconds(2),
                        1,
                        dns.cacheEntries(),
                        dns.maxTtl(),
                        dns.maxNegativeTtl()),
                tls,
                PoolSettings.DEFAULT,
                provider -> new ProviderLimits(10, 50, provider.equals("b.test") ? 60 : 0),
                RetrySchedule.defaults(),
                Duration.ofMinutes(2));
    }
}
