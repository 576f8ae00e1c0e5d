package dev.authmail.bench;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.RelayHop;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.RelaysLeft;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
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
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.BreakerSettings;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Connections;
import dev.authmail.traffic.Gate;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mail meets in one attempt: the relay, then the MX hosts, with the defaults of the service. */
final class TwoHops implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofMinutes(15);

    private final DnsJava dns;
    private final PooledSmtpTransport transport;
    private final Decider decider = new Decider(new ReplyClassifier(ReplyRules.shipped()), unknown -> {});
    private final Breakers breakers;
    private final Hop relay;
    private final Hop direct;

    /**
     * @param nameServer knows the MX host
     * @param mxPort the port of the MX host
     * @param connections how many at once
     * @param trust believes the sink
     * @param dead the relay; null: none is configured
     */
    TwoHops(InetSocketAddress nameServer, int mxPort, int connections, TrustAnchors trust, @Nullable DeadRelay dead) {
        dns = new DnsJava(new DnsSettings(
                List.of(nameServer), Duration.ofSeconds(5), 2, 1000, Duration.ofHours(1), Duration.ofMinutes(1)));
        PoolSettings standard = PoolSettings.DEFAULT;
        transport = new PooledSmtpTransport(
                new SmtpClient(new SmtpClientSettings("mail.sender.test", Timeouts.DEFAULT, trust, null)),
                new PoolSettings(
                        connections,
                        2 * connections,
                        standard.idleTime(),
                        standard.maxMessages(),
                        standard.maxAge(),
                        standard.checkAfterIdle()));
        breakers = new Breakers(BreakerSettings.defaults(), transport::answers, (where, open) -> {}, Clock.systemUTC());
        relay = new RelayHop(
                new RelaySettings(
                        "relay",
                        dead == null ? "" : "localhost",
                        dead == null ? 25 : dead.port,
                        TlsPolicy.VERIFIED,
                        null),
                AddressLookup.ofSystem(),
                transport,
                Gate.all(List.of(new Connections(name -> connections), breakers)));
        direct = new DirectHop(
                new MxResolver(dns, new MxSettings(5, 4, true, Set.of(), IpPreference.IPV4_ONLY), new Random(1)),
                new TlsPolicies(null, null, Clock.systemUTC()),
                transport,
                Gate.all(List.of(new Connections(name -> connections), breakers)),
                decider,
                new DirectSettings(true, mxPort, TlsPolicy.OPPORTUNISTIC, Set.of(), Duration.ofSeconds(5)));
    }

    /** One mail, until a hop has taken it; how many nanoseconds it took. */
    long send(SignedMessage message, int number) {
        Envelope envelope = new Envelope(
                new MailAddress("bounce", new Domain("sender.test")),
                new MailAddress("user" + number, new Domain("to.bench.test")));
        Deadline deadline = Deadline.in(ATTEMPT);
        long begun = System.nanoTime();
        if (step(relay, message, envelope, deadline) == Step.NEXT) {
            Step last = step(direct, message, envelope, deadline);
            if (last != Step.DONE) {
                throw new IllegalStateException("the mail was not taken: " + last);
            }
        }
        return System.nanoTime() - begun;
    }

    private Step step(Hop hop, SignedMessage message, Envelope envelope, Deadline deadline) {
        HopResult result = hop.offer(message, envelope, deadline);
        return decider.decide(hop.route(), result, RelaysLeft.TRIED, envelope.forwardPath())
                .step();
    }

    /** Whether the relay is passed by. */
    boolean relayIsPassedBy() {
        return breakers.open(to -> to.provider().equals("relay")) > 0;
    }

    @Override
    public void close() {
        transport.close();
        dns.close();
    }
}
