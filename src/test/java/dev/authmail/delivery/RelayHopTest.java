package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Credentials;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayHopTest {
    private static final Credentials CREDENTIALS = new Credentials("user", "secret");

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Admission.Denied DENIED = new Admission.Denied(Admission.Cause.UNREACHABLE, "it fails", SOON);

    private final FakeTransport transport = new FakeTransport();

    @ParameterizedTest(name = "{0}; {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            250                        | -    | 1   | accepted
            CONNECT NO_CONNECTION      | 250  | 1 2 | next address
            GREETING CONNECTION_LOST   | 250  | 1 2 | nobody behind that address
            CONNECT NO_CONNECTION      | CONNECT TIMEOUT | 1 2 | none answers
            GREETING 421 busy          | -    | 1   | an answer: the next hop
            RCPT 550 5.1.1 no such user| -    | 1   | an answer
            TLS TLS_CERTIFICATE        | -    | 1   | reached
            LOST                       | -    | 1   | perhaps delivered: no other address
            """)
    void addressesAreTriedUntilOneIsReached(String first, String second, String asked, String reason) {
        transport.on("10.0.0.1", first);
        if (!second.equals("-")) {
            transport.on("10.0.0.2", second);
        }

        HopResult result = hop("relay.internal", "10.0.0.1", "10.0.0.2")
                .offer(message(), envelope(), Deadline.in(Duration.ofSeconds(30)));

        assertThat(String.join(" ", transport.addresses()).replace("10.0.0.", ""))
                .as(reason)
                .isEqualTo(asked);
        assertThat(((HopResult.Tried) result).server())
                .isEqualTo(transport.asked().get(transport.asked().size() - 1));
    }

    @Test
    void anAddressThatKeepsFailingIsPassedBy() {
        transport.on("10.0.0.2", "250");
        Gate gate = to -> to.server().address().getHostAddress().equals("10.0.0.1") ? DENIED : Gate.OPEN.ask(to);

        assertThat(hop(gate, "10.0.0.1", "10.0.0.2").offer(message(), envelope(), Deadline.in(SOON)))
                .isInstanceOf(HopResult.Tried.class);
        assertThat(transport.addresses()).containsExactly("10.0.0.2");
        assertThat(hop(to -> DENIED, "10.0.0.1", "10.0.0.2").offer(message(), envelope(), Deadline.in(SOON)))
                .isEqualTo(new HopResult.Skipped("it fails", Fault.NETWORK, SOON));
    }

    @Test
    void whatAnAddressSaidTellsMoreThanThatTheNextIsPassedBy() {
        transport.on("10.0.0.1", "CONNECT TIMEOUT");
        Gate gate = to -> to.server().address().getHostAddress().equals("10.0.0.2") ? DENIED : Gate.OPEN.ask(to);

        assertThat(hop(gate, "10.0.0.1", "10.0.0.2").offer(message(), envelope(), Deadline.in(SOON)))
                .isInstanceOf(HopResult.Tried.class);
    }

    @ParameterizedTest(name = "{0}, then {1}: {3}")
    @CsvSource(textBlock = """
            denied, denied, true,  both are still passed by
            denied, free,   false, one can be asked again
            free,   denied, false, one took the last mail
            """)
    void aMailIsForeseenToBeKeptFromTheAddressesThatTheLastOneWasKeptFrom(
            String second, String secondNow, boolean foreseen, String reason) {
        transport.on("10.0.0.2", "250");
        Set<String> denied = new HashSet<>(Set.of("10.0.0.1", "10.0.0.2"));
        RelayHop hop = hop(new DeniedAddresses(denied), "10.0.0.1", "10.0.0.2");
        assertThat(hop.obstacle(new Domain("example.test")))
                .as("nothing is known")
                .isEmpty();
        hop.offer(message(), envelope(), Deadline.in(SOON));

        set(denied, second);
        hop.offer(message(), envelope(), Deadline.in(SOON));
        set(denied, secondNow);

        assertThat(hop.obstacle(new Domain("example.test")).isPresent())
                .as(reason)
                .isEqualTo(foreseen);
    }

    private static void set(Set<String> denied, String second) {
        if (second.equals("denied")) {
            denied.add("10.0.0.2");
        } else {
            denied.remove("10.0.0.2");
        }
    }

    @Test
    void whatClosesTheHopIsForeseenBeforeWhatTheHopForesees() {
        RelayHop hop = hop("  ");

        assertThat(new GatedHop(hop, () -> Optional.of("an operator holds it")).obstacle(new Domain("example.test")))
                .contains(new HopResult.Skipped("an operator holds it"));
        assertThat(new GatedHop(hop, Optional::empty).obstacle(new Domain("example.test")))
                .contains(new HopResult.Skipped("not configured"));
    }

    private record DeniedAddresses(Set<String> denied) implements Gate {
        @Override
        public Admission ask(Destination to) {
            return obstacle(to).<Admission>map(d -> d).orElseGet(() -> Gate.OPEN.ask(to));
        }

        @Override
        public Optional<Admission.Denied> obstacle(Destination to) {
            return denied.contains(to.server().address().getHostAddress()) ? Optional.of(DENIED) : Optional.empty();
        }
    }

    @Test
    void theServerIsTheRelayAsConfigured() {
        transport.on("10.0.0.1", "250");

        hop(" relay.internal ", "10.0.0.1").offer(message(), envelope(), Deadline.in(Duration.ofSeconds(30)));

        assertThat(transport.asked())
                .containsExactly(new SmtpServer(
                        "relay.internal", FakeTransport.address("10.0.0.1"), 587, TlsPolicy.VERIFIED, CREDENTIALS));
    }

    @Test
    void aRelayWithoutAHostIsSkipped() {
        assertThat(hop("  ").offer(message(), envelope(), Deadline.in(Duration.ofSeconds(30))))
                .isEqualTo(new HopResult.Skipped("not configured"));
    }

    @Test
    void aRelayThatCannotBeFoundHasNoServer() {
        RelayHop lost = new RelayHop(
                settings("gone.internal"),
                host -> {
                    throw new UnknownHostException(host);
                },
                transport,
                Gate.OPEN);

        assertThat(lost.offer(message(), envelope(), Deadline.in(Duration.ofSeconds(30))))
                .isEqualTo(new HopResult.NoServer(
                        HopResult.Why.NO_ADDRESS, "relay host gone.internal has no address that can be found"));
    }

    @Test
    void aDeadlineThatHasPassedAsksNobody() {
        assertThat(hop("relay.internal", "10.0.0.1").offer(message(), envelope(), Deadline.in(Duration.ZERO)))
                .isInstanceOf(HopResult.Skipped.class);
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void anAddressAsHostNeedsNoLookup() throws UnknownHostException {
        assertThat(AddressLookup.ofSystem().addresses("127.0.0.1")).containsExactly(FakeTransport.address("127.0.0.1"));
    }

    @ParameterizedTest(name = "port {0}, {1}: {2}")
    @CsvSource(textBlock = """
            0,   VERIFIED,      no port
            587, OPPORTUNISTIC, a password in clear text
            """)
    void settingsThatCannotWorkAreRefused(int port, TlsPolicy tls, String reason) {
        assertThatIllegalArgumentException()
                .as(reason)
                .isThrownBy(() -> new RelaySettings("relay", "relay.internal", port, tls, CREDENTIALS))
                .withMessageContaining("elay relay")
                .withMessageNotContaining("secret");
    }

    private RelayHop hop(String host, String... addresses) {
        List<InetAddress> found =
                Arrays.stream(addresses).map(FakeTransport::address).toList();
        return new RelayHop(settings(host), name -> found, transport, Gate.OPEN);
    }

    private RelayHop hop(Gate gate, String... addresses) {
        List<InetAddress> found =
                Arrays.stream(addresses).map(FakeTransport::address).toList();
        return new RelayHop(settings("relay.internal"), name -> found, transport, gate);
    }

    private static RelaySettings settings(String host) {
        return new RelaySettings("relay", host, 587, TlsPolicy.VERIFIED, CREDENTIALS);
    }

    private static SignedMessage message() {
        return new SignedMessage("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Envelope envelope() {
        return new Envelope(
                new MailAddress("bounce", new Domain("sender.test")),
                new MailAddress("hanako", new Domain("example.test")));
    }
}
