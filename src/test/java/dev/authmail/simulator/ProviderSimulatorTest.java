package dev.authmail.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.Decision;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.RelaysLeft;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.Step;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mail.SignedMessage;
import dev.authmail.mx.IpPreference;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.Happening;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.Gate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What authmail decides when providers behave as they do. The relays have been tried. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderSimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final Decider DECIDER = new Decider(new ReplyClassifier(ReplyRules.shipped()));

    private final ProviderSimulator simulator = ProviderSimulator.start();
    private final DnsJava dns = new DnsJava(new DnsSettings(
            List.of(simulator.dns().address()), PATIENCE, 1, 100, Duration.ofHours(1), Duration.ofMinutes(1)));
    private final TrustAnchors trust = TrustAnchors.ofPem(simulator.authority());

    @AfterAll
    void stop() {
        dns.close();
        simulator.close();
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # behaviour                | step        | rule                     | fault     | userState       | suppressed
            good                       | done        | accepted                 | -         | sent            | false
            gmail-no-such-user         | give-up     | unknown-user             | recipient | address-unknown | true
            gmail-over-quota           | later       | google-mailbox-full      | recipient | mailbox-full    | false
            gmail-receiving-too-fast   | later       | recipient-rate           | recipient | delayed         | false
            gmail-unauthenticated      | later       | google-authentication    | sender    | delayed         | false
            gmail-reputation           | later       | google-reputation        | sender    | delayed         | false
            gmail-ptr                  | later       | google-ptr               | sender    | delayed         | false
            microsoft-no-such-user     | give-up     | microsoft-unknown-user   | recipient | address-unknown | true
            microsoft-authentication   | later       | microsoft-dmarc          | sender    | delayed         | false
            microsoft-blocked          | later       | microsoft-banned         | sender    | delayed         | false
            microsoft-throttled        | later       | microsoft-rate           | sender    | delayed         | false
            yahoo-deferred             | later       | yahoo-deferred           | sender    | delayed         | false
            yahoo-no-such-user         | give-up     | yahoo-unknown-user       | recipient | address-unknown | true
            icloud-policy              | later       | apple-policy             | sender    | delayed         | false
            icloud-full                | give-up     | mailbox-full             | recipient | mailbox-full    | false
            docomo-no-such-user        | give-up     | unknown-user             | recipient | address-unknown | true
            docomo-filter              | give-up     | docomo-filter            | policy    | address-refused | false
            au-no-such-user            | give-up     | unknown-user             | recipient | address-unknown | true
            softbank-no-such-user      | give-up     | unknown-user             | recipient | address-unknown | true
            greylisting                | later       | greylist                 | policy    | delayed         | false
            blocklist                  | later       | our-blocklist            | sender    | delayed         | false
            mailbox-full               | give-up     | mailbox-full             | recipient | mailbox-full    | false
            disk-full                  | later       | server-trouble           | network   | delayed         | false
            shutting-down              | later       | server-shutting-down     | network   | delayed         | false
            lost-reply                 | unconfirmed | unconfirmed              | network   | delayed         | false
            """)
    void isDecided(String name, String step, String rule, String fault, String state, boolean suppressed) {
        Decision decision = send(named(name), TlsPolicy.OPPORTUNISTIC, PATIENCE);

        assertThat(decision.step().code()).as(decision.toString()).isEqualTo(step);
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.fault() == null ? null : decision.fault().code()).isEqualTo(fault);
        assertThat(decision.userState().code()).isEqualTo(state);
        assertThat(decision.suppress()).isEqualTo(suppressed);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            starttls-stripped          | REQUIRED | failure-tls-not-offered
            starttls-refused           | REQUIRED | .*
            starttls-garbage           | REQUIRED | failure-tls-handshake
            starttls-injected          | REQUIRED | failure-.*
            certificate-expired        | VERIFIED | failure-tls-certificate
            certificate-other-name     | VERIFIED | failure-tls-certificate
            certificate-self-signed    | VERIFIED | failure-tls-certificate
            """)
    void noMailGoesWhereTlsIsDemandedAndNotGood(String name, TlsPolicy policy, String rule) {
        Behaviour behaviour = named(name);
        Decision decision = send(behaviour, policy, PATIENCE);

        assertThat(decision.step()).as(decision.toString()).isEqualTo(Step.LATER);
        assertThat(decision.rule()).matches(rule);
        assertThat(simulator.server(behaviour).commands("MAIL")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            tarpit-greeting | LATER       | nothing was sent
            tarpit-rcpt     | LATER       | nothing was sent
            tarpit-message  | UNCONFIRMED | the whole message went off, and what became of it nobody knows
            starttls-silent | LATER       | nothing was sent
            """)
    void aTarpitHoldsNobodyForLong(String name, Step step, String reason) {
        long begin = System.nanoTime();
        Decision decision = send(
                named(name), name.startsWith("starttls") ? TlsPolicy.REQUIRED : TlsPolicy.OPPORTUNISTIC, IMPATIENCE);

        assertThat(decision.step()).as(reason + ": " + decision).isEqualTo(step);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
    }

    @Test
    void whoPressesOnAtGmailIsToldToWaitTenMinutes() {
        try (Session session = new Session(TlsPolicy.OPPORTUNISTIC, PATIENCE)) {
            List<Decision> decisions = session.send(Behaviour.GMAIL_RATE, 5);

            assertThat(decisions)
                    .extracting(Decision::step)
                    .containsExactly(Step.DONE, Step.DONE, Step.DONE, Step.LATER, Step.LATER);
            assertThat(decisions.getLast().rule()).isEqualTo("google-rate");
            assertThat(decisions.getLast().atLeast()).hasMinutes(10);
        }
    }

    @Test
    void thatYahooHangsUpWithoutAWordIsNoError() {
        ScriptedSmtpServer server = simulator.server(Behaviour.YAHOO_SILENT_CLOSE);
        try (Session session = new Session(TlsPolicy.OPPORTUNISTIC, PATIENCE)) {
            assertThat(session.send(Behaviour.YAHOO_SILENT_CLOSE, 7))
                    .extracting(Decision::step)
                    .containsOnly(Step.DONE);
        }

        assertThat(server.mails()).hasSize(7);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void whoHasTwoConnectionsToMicrosoftGetsNoThird() throws IOException {
        ScriptedSmtpServer server = simulator.server(Behaviour.MICROSOFT_CONNECTION_LIMIT);
        try (Socket one = new Socket(server.address(), server.port());
                Socket two = new Socket(server.address(), server.port())) {
            assertThat(one.getInputStream().read()).as("a greeting").isEqualTo('2');
            assertThat(two.getInputStream().read()).as("a greeting").isEqualTo('2');

            Decision decision = send(Behaviour.MICROSOFT_CONNECTION_LIMIT, TlsPolicy.OPPORTUNISTIC, PATIENCE);

            assertThat(decision.step()).isEqualTo(Step.LATER);
            assertThat(decision.rule()).isEqualTo("our-rate");
        }
    }

    @Test
    void greylistingIsPassedByWhoComesAgain() {
        Greylist greylist = new Greylist(Duration.ZERO);
        var first = new Happening(1, 0, "MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>");
        var other = new Happening(1, 0, "MAIL FROM:<x@b.test>", "RCPT TO:<c@d.test>");

        assertThat(greylist.test(first)).isTrue();
        assertThat(greylist.test(first)).isFalse();
        assertThat(greylist.test(other)).as("another sender").isTrue();
        Greylist slow = new Greylist(Duration.ofHours(1));
        assertThat(slow.test(first)).isTrue();
        assertThat(slow.test(first)).as("too soon").isTrue();
    }

    @Test
    void theManualNamesEachBehaviour() throws IOException {
        List<String> manual = Files.readAllLines(Path.of("docs/simulator.md"));

        for (Behaviour behaviour : Behaviour.values()) {
            assertThat(manual)
                    .as(behaviour.code())
                    .anyMatch(line ->
                            line.startsWith("| `" + behaviour.code() + "` |") && line.contains(behaviour.words()));
        }
    }

    private Decision send(Behaviour behaviour, TlsPolicy policy, Duration timeout) {
        try (Session session = new Session(policy, timeout)) {
            return session.send(behaviour, 1).getFirst();
        }
    }

    private static Behaviour named(String name) {
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour.code().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The direct hop, with real connections that are kept. */
    private final class Session implements AutoCloseable {
        private final PooledSmtpTransport transport;
        private final DirectHop hop;

        Session(TlsPolicy policy, Duration timeout) {
            transport = new PooledSmtpTransport(
                    new SmtpClient(new SmtpClientSettings("client.test", Timeouts.all(timeout), trust, null)),
                    PoolSettings.DEFAULT);
            MxSettings mx = new MxSettings(5, 4, true, Set.of(), IpPreference.IPV4_FIRST);
            hop = new DirectHop(
                    new MxResolver(dns, mx, new Random(1)),
                    new TlsPolicies(null, null, Clock.systemUTC()),
                    transport,
                    Gate.OPEN,
                    DECIDER,
                    new DirectSettings(true, simulator.port(), policy, Set.of(), PATIENCE));
        }

        List<Decision> send(Behaviour behaviour, int count) {
            return IntStream.range(0, count).mapToObj(i -> send(behaviour)).toList();
        }

        private Decision send(Behaviour behaviour) {
            MailAddress recipient = new MailAddress("hanako", new Domain(behaviour.domain()));
            Envelope envelope = new Envelope(new MailAddress("bounce", new Domain("sender.test")), recipient);
            SignedMessage message = new SignedMessage("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
            return DECIDER.decide(
                    Route.DIRECT, hop.offer(message, envelope, Deadline.in(PATIENCE)), RelaysLeft.TRIED, recipient);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
