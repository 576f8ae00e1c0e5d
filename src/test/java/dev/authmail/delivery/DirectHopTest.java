package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mail.SignedMessage;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.StsPolicies;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsSettings;
import dev.authmail.mx.IpPreference;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectHopTest {
    private static final TlsPolicies NO_POLICY = new TlsPolicies(null, null, Clock.systemUTC());
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private final DnsServer server = DnsServer.start()
            .zone("example.test", """
                    @        MX 10 mx1.one.test.
                    @        MX 20 mx2.one.test.
                    @        MX 30 mx.two.test.
                    null     MX 0 .
                    bare     A  192.0.2.9
                    nothing  TXT "no mail"
                    private  MX 10 mx.private
                    mx.private A 10.0.0.1
                    halfdead MX 10 broken.one.test.
                    halfdead MX 20 mx.two.test.
                    nohost   MX 10 missing.one.test.
                    dead     MX 10 broken.one.test.
                    dead     MX 20 missing.one.test.
                    own      MX 10 self.test.
                    """)
            .zone("one.test", """
                    mx1 A 192.0.2.1
                    mx1 A 192.0.2.2
                    mx2 A 192.0.2.3
                    """)
            .zone("two.test", "mx A 192.0.2.4\n")
            .on("broken.one.test", Fault.SERVFAIL)
            .on("servfail.example.test", Fault.SERVFAIL);
    private final DnsJava dns = new DnsJava(new DnsSettings(
            List.of(server.address()), Duration.ofSeconds(3), 1, 100, Duration.ofHours(1), Duration.ofMinutes(1)));
    private final FakeTransport transport = new FakeTransport();

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    @ParameterizedTest(name = "{0}; {1}; {2}; {3}: {6}")
    @CsvSource(delimiter = '|', textBlock = """
            250                     | -                       | -                         | -                     | 1       | accepted by the first
            CONNECT NO_CONNECTION   | 250                     | -                         | -                     | 1 2     | next address
            CONNECT NO_CONNECTION   | CONNECT TIMEOUT         | 250                       | -                     | 1 2 3   | next host
            GREETING CONNECTION_LOST| GREETING 554 no service | 250                       | -                     | 1 2 3   | bad greetings
            GREETING 421 busy       | RCPT 451 4.3.0 trouble  | 250                       | -                     | 1 2 3   | 421 and 4yz
            STARTTLS TLS_NOT_OFFERED| TLS TLS_HANDSHAKE       | 250                       | -                     | 1 2 3   | TLS demanded
            RCPT 550 5.1.1 unknown user | -                   | -                         | -                     | 1       | about the recipient: stop
            RCPT 552 5.2.2 mailbox full | -                   | -                         | -                     | 1       | about the recipient: stop
            DOT 554 5.7.1 spam      | -                       | -                         | -                     | 1       | about the content: stop
            DOT 550 5.7.1 SPF failed| -                       | -                         | -                     | 1       | 5yz about us: stop
            LOST                    | -                       | -                         | -                     | 1       | perhaps delivered: no other host
            CONNECT NO_CONNECTION   | LOST                    | -                         | -                     | 1 2     | perhaps delivered at the second
            MAIL 421 4.7.0 rate limit exceeded | -            | -                         | 250                   | 1 4     | 4yz about us: no other host of that provider
            RCPT 450 4.7.1 blocked using zen.test | -         | -                         | RCPT 450 4.2.0 greylisted | 1 4 | reputation: the same
            RCPT 450 4.2.0 greylisted | RCPT 450 4.2.0 greylisted | RCPT 450 4.2.0 greylisted | RCPT 450 4.2.0 greylisted | 1 2 3 4 | all tried
            RCPT 450 4.2.0 greylisted | CONNECT TIMEOUT       | RCPT 550 5.1.1 no such user | -                   | 1 2 3   | a later host refuses for good
            """)
    void hostsAndAddressesAreWalkedAsTheTableSays(
            String first, String second, String third, String fourth, String asked, String reason) {
        script("192.0.2.1", first);
        script("192.0.2.2", second);
        script("192.0.2.3", third);
        script("192.0.2.4", fourth);

        HopResult result = offer("example.test");

        assertThat(String.join(" ", transport.addresses()).replace("192.0.2.", ""))
                .as(reason)
                .isEqualTo(asked);
        assertThat(result).isInstanceOf(HopResult.Tried.class);
    }

    @ParameterizedTest(name = "{0}; {1}; {2}; {3} -> {4}: {5}")
    @CsvSource(delimiter = '|', textBlock = """
            RCPT 450 4.2.0 greylisted | CONNECT TIMEOUT | CONNECT TIMEOUT | CONNECT NO_CONNECTION | 1 | an answer tells more than silence
            CONNECT TIMEOUT | CONNECT TIMEOUT | CONNECT TIMEOUT | CONNECT NO_CONNECTION           | 4 | of equals the last
            MAIL 421 4.7.0 rate limit exceeded | - | - | RCPT 450 4.2.0 greylisted                | 1 | about us tells more
            MAIL SMTPUTF8_NOT_OFFERED | CONNECT TIMEOUT | MAIL SMTPUTF8_NOT_OFFERED | MAIL SMTPUTF8_NOT_OFFERED | 2 | the silent one may offer it
            """)
    void theMostTellingResultIsReturned(
            String first, String second, String third, String fourth, String told, String reason) {
        script("192.0.2.1", first);
        script("192.0.2.2", second);
        script("192.0.2.3", third);
        script("192.0.2.4", fourth);

        HopResult result = offer("example.test");

        assertThat(((HopResult.Tried) result).server().address().getHostAddress())
                .as(reason)
                .isEqualTo("192.0.2." + told);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            null.example.test,     NULL_MX,           RFC 7505
            missing.example.test,  NO_SUCH_DOMAIN,    NXDOMAIN
            nothing.example.test,  NO_ADDRESS,        no MX and no address
            nohost.example.test,   NO_ADDRESS,        the only host does not exist
            servfail.example.test, DNS_FAILURE,       never fall through to the A record
            dead.example.test,     DNS_FAILURE,       one host is unknown and the other may come back
            private.example.test,  FORBIDDEN_ADDRESS, RFC 1918
            """)
    void withoutAServerNobodyIsAsked(String domain, HopResult.Why why, String reason) {
        HopResult result = offer(domain);

        assertThat(((HopResult.NoServer) result).why()).as(reason).isEqualTo(why);
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void aHostThatCannotBeLookedUpDoesNotStopTheNext() {
        transport.on("192.0.2.4", "250");

        assertThat(offer("halfdead.example.test")).isInstanceOf(HopResult.Tried.class);
    }

    @Test
    void aRefusalThatNotEveryHostNeedGiveWaitsForTheHostThatCouldNotBeLookedUp() {
        transport.on("192.0.2.4", "MAIL SMTPUTF8_NOT_OFFERED");

        assertThat(offer("halfdead.example.test"))
                .isInstanceOfSatisfying(
                        HopResult.NoServer.class, none -> assertThat(none.why()).isEqualTo(HopResult.Why.DNS_FAILURE));
    }

    @Test
    void theImplicitMxIsTheDomainItself() {
        transport.on("192.0.2.9", "250");

        offer("bare.example.test");

        assertThat(transport.asked())
                .containsExactly(new SmtpServer(
                        "bare.example.test", FakeTransport.address("192.0.2.9"), 25, TlsPolicy.OPPORTUNISTIC, null));
    }

    @Test
    void theAddressesOfALaterHostAreNotLookedUpInVain() {
        transport.on("192.0.2.1", "250");

        offer("example.test");

        assertThat(server.queries("mx2.one.test")).isZero();
    }

    @Test
    void ourOwnHostIsNeverAsked() {
        assertThat(offer("own.example.test")).isInstanceOf(HopResult.Skipped.class);
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void aHostThatThePolicyOfTheDomainDoesNotNameIsPassedByForOneThatItNames() {
        transport.on("192.0.2.4", "250");

        HopResult result = offer(enforced("*.two.test"), "example.test");

        assertThat(result).isInstanceOf(HopResult.Tried.class);
        assertThat(transport.asked()).extracting(SmtpServer::host).containsExactly("mx.two.test");
        assertThat(transport.asked()).extracting(SmtpServer::tls).containsExactly(TlsPolicy.MTA_STS);
    }

    @Test
    void whenThePolicyNamesNoHostNobodyIsAskedAndTheMailWaits() {
        assertThat(offer(enforced("*.three.test"), "example.test"))
                .isInstanceOfSatisfying(HopResult.NoServer.class, none -> {
                    assertThat(none.why()).isEqualTo(HopResult.Why.NOT_IN_POLICY);
                    assertThat(none.detail()).contains("does not name");
                });
        assertThat(transport.asked()).isEmpty();
    }

    private TlsPolicies enforced(String mx) {
        server.zone("_mta-sts.example.test", "@ TXT \"v=STSv1; id=1\"\n");
        var policy =
                (ParsedStsPolicy.Valid) StsPolicy.parse("version: STSv1\nmode: enforce\nmax_age: 86400\nmx: " + mx);
        StsPolicies policies = new StsPolicies(
                dns, domain -> new PolicyFetch.Fetched(policy.policy()), StsSettings.of(10), Clock.systemUTC());
        return new TlsPolicies(null, policies, Clock.systemUTC());
    }

    private HopResult offer(TlsPolicies policies, String domain) {
        return hop(DirectSettings.defaults(), Gate.OPEN, policies)
                .offer(message(), envelope(domain), Deadline.in(Duration.ofSeconds(30)));
    }

    @Test
    void tlsIsDemandedForTheDomainsThatNeedIt() {
        transport.on("192.0.2.9", "250");
        Domain bare = new Domain("bare.example.test");

        hop(new DirectSettings(true, 2525, TlsPolicy.OPPORTUNISTIC, Set.of(bare), MAX_WAIT))
                .offer(message(), envelope("bare.example.test"), Deadline.in(Duration.ofSeconds(30)));

        assertThat(transport.asked()).extracting(SmtpServer::tls).containsExactly(TlsPolicy.REQUIRED);
        assertThat(transport.asked()).extracting(SmtpServer::port).containsExactly(2525);
    }

    @Test
    void aDeadlineThatHasPassedAsksNobody() {
        HopResult result =
                hop(DirectSettings.defaults()).offer(message(), envelope("example.test"), Deadline.in(Duration.ZERO));

        assertThat(result).isEqualTo(new HopResult.Skipped("no time left in this attempt"));
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void switchedOffItAsksNobodyNotEvenTheDns() {
        HopResult result = hop(new DirectSettings(false, 25, TlsPolicy.OPPORTUNISTIC, Set.of(), MAX_WAIT))
                .offer(message(), envelope("example.test"), Deadline.in(Duration.ofSeconds(30)));

        assertThat(result).isInstanceOf(HopResult.Skipped.class);
        assertThat(server.queries()).isEmpty();
    }

    @Test
    void aProviderThatIsClosedIsPassedByAndTheOtherTakesTheMail() {
        transport.on("192.0.2.4", "250");
        Gate gate = to -> to.provider().equals("one.test") ? denied(HOUR) : Gate.OPEN.ask(to);

        assertThat(offerThrough(gate)).isInstanceOf(HopResult.Tried.class);
        assertThat(transport.addresses()).containsExactly("192.0.2.4");
    }

    @Test
    void whenAllArePassedByTheOneThatOpensSoonestIsTold() {
        Gate gate = to -> denied(to.provider().equals("one.test") ? HOUR : HOUR.dividedBy(2));

        assertThat(offerThrough(gate))
                .isEqualTo(new HopResult.Skipped("closed", dev.authmail.delivery.Fault.SENDER, HOUR.dividedBy(2)));
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void aRefusalThatNotEveryHostNeedGiveWaitsForTheHostThatWasPassedBy() {
        transport.on("192.0.2.4", "MAIL SMTPUTF8_NOT_OFFERED");
        Gate gate = to -> to.provider().equals("one.test") ? denied(HOUR) : Gate.OPEN.ask(to);

        assertThat(offerThrough(gate))
                .isEqualTo(new HopResult.Skipped("closed", dev.authmail.delivery.Fault.SENDER, HOUR));
    }

    @Test
    void aMailIsForeseenToBeKeptFromTheHostsThatTheLastOneWasKeptFrom() {
        Closed gate = new Closed();
        DirectHop hop = hop(DirectSettings.defaults(), gate);
        assertThat(hop.obstacle(new Domain("example.test")))
                .as("nothing is known")
                .isEmpty();

        hop.offer(message(), envelope("example.test"), Deadline.in(Duration.ofSeconds(30)));
        assertThat(hop.obstacle(new Domain("example.test")))
                .contains(new HopResult.Skipped("closed", dev.authmail.delivery.Fault.SENDER, HOUR));
        assertThat(hop.obstacle(new Domain("halfdead.example.test"))).isEmpty();

        gate.open = true;
        transport.on("192.0.2.1", "250");
        hop.offer(message(), envelope("example.test"), Deadline.in(Duration.ofSeconds(30)));
        gate.open = false;
        assertThat(hop.obstacle(new Domain("example.test")))
                .as("the last was offered")
                .isEmpty();
    }

    @Test
    void whatTheDnsCouldNotTellIsNotForeseen() {
        DirectHop hop = hop(DirectSettings.defaults(), new Closed());

        hop.offer(message(), envelope("halfdead.example.test"), Deadline.in(Duration.ofSeconds(30)));

        assertThat(hop.obstacle(new Domain("halfdead.example.test"))).isEmpty();
    }

    @Test
    void switchedOffEveryMailIsForeseenToBeSkipped() {
        assertThat(hop(new DirectSettings(false, 25, TlsPolicy.OPPORTUNISTIC, Set.of(), MAX_WAIT))
                        .obstacle(new Domain("example.test")))
                .contains(new HopResult.Skipped("direct delivery is switched off"));
    }

    private static final class Closed implements Gate {
        private boolean open;

        @Override
        public Admission ask(Destination to) {
            return open ? Gate.OPEN.ask(to) : denied(HOUR);
        }

        @Override
        public Optional<Admission.Denied> obstacle(Destination to) {
            return open ? Optional.empty() : Optional.of(denied(HOUR));
        }
    }

    private HopResult offerThrough(Gate gate) {
        return hop(DirectSettings.defaults(), gate)
                .offer(message(), envelope("example.test"), Deadline.in(Duration.ofSeconds(30)));
    }

    private static Admission.Denied denied(Duration retryAfter) {
        return new Admission.Denied(Admission.Cause.CLOSED, "closed", retryAfter);
    }

    private void script(String address, String what) {
        if (!what.equals("-")) {
            transport.on(address, what);
        }
    }

    private HopResult offer(String domain) {
        return hop(DirectSettings.defaults()).offer(message(), envelope(domain), Deadline.in(Duration.ofSeconds(30)));
    }

    private DirectHop hop(DirectSettings settings) {
        return hop(settings, Gate.OPEN);
    }

    private DirectHop hop(DirectSettings settings, Gate gate) {
        return hop(settings, gate, NO_POLICY);
    }

    private DirectHop hop(DirectSettings settings, Gate gate, TlsPolicies policies) {
        MxSettings mx = new MxSettings(5, 4, false, Set.of("self.test"), IpPreference.IPV4_FIRST);
        Decider decider = new Decider(new ReplyClassifier(ReplyRules.shipped()));
        return new DirectHop(new MxResolver(dns, mx, new Random(1)), policies, transport, gate, decider, settings);
    }

    private static SignedMessage message() {
        return new SignedMessage("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Envelope envelope(String domain) {
        return new Envelope(
                new MailAddress("bounce", new Domain("sender.test")), new MailAddress("hanako", new Domain(domain)));
    }
}
