package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.mail.SignedMessage;
import dev.authmail.mx.HostAddresses;
import dev.authmail.mx.MailExchanger;
import dev.authmail.mx.MxLookup;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.tlspolicy.DomainTls;
import dev.authmail.tlspolicy.HostTls;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The recipient's MX hosts, walked host by host and address by address until one takes the mail, refuses it for good, or
 * may have taken it. RFC 5321 §5.1.
 */
public final class DirectHop implements Hop {
    private final MxResolver resolver;
    private final TlsPolicies policies;
    private final GuardedTransport transport;
    private final Decider decider;
    private final DirectSettings settings;
    private final TlsObserver observer;
    private final PassedBy<Domain> passedBy;

    /** One whose TLS nobody is told of. */
    public DirectHop(
            MxResolver resolver,
            TlsPolicies policies,
            SmtpTransport transport,
            Gate gate,
            Decider decider,
            DirectSettings settings) {
        this(resolver, policies, transport, gate, decider, settings, TlsObserver.DEAF);
    }

    /**
     * @param resolver finds the hosts
     * @param policies say how much TLS they must give
     * @param transport talks to them
     * @param gate says which of them may be asked now
     * @param decider says what their answers are about
     * @param settings how mail goes to them
     * @param observer hears what came of TLS with them
     */
    public DirectHop(
            MxResolver resolver,
            TlsPolicies policies,
            SmtpTransport transport,
            Gate gate,
            Decider decider,
            DirectSettings settings,
            TlsObserver observer) {
        this.resolver = resolver;
        this.policies = policies;
        this.transport = new GuardedTransport(transport, gate, tried -> decider.finding(Route.DIRECT, tried));
        this.decider = decider;
        this.settings = settings;
        this.observer = observer;
        this.passedBy = new PassedBy<>(gate);
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public Route route() {
        return Route.DIRECT;
    }

    @Override
    public Optional<HopResult.Skipped> obstacle(Domain domain) {
        return settings.enabled() ? passedBy.obstacle(domain) : Optional.of(switchedOff());
    }

    private static HopResult.Skipped switchedOff() {
        return new HopResult.Skipped("direct delivery is switched off");
    }

    @Override
    public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
        if (!settings.enabled()) {
            return switchedOff();
        }
        return switch (resolver.resolve(envelope.forwardPath().domain())) {
            case MxLookup.Found found -> walk(found, message, envelope, deadline);
            case MxLookup.NullMx none -> noServer(HopResult.Why.NULL_MX, "the domain takes no mail (null MX)");
            case MxLookup.NoSuchDomain none -> noServer(HopResult.Why.NO_SUCH_DOMAIN, "the domain does not exist");
            case MxLookup.NoUsableHost none -> noServer(HopResult.Why.NO_ADDRESS, none.detail());
            case MxLookup.DnsFailure failure -> noServer(HopResult.Why.DNS_FAILURE, failure.detail());
            case MxLookup.OwnHost own ->
                new HopResult.Skipped("the mail host of the domain, " + own.host() + ", is this system itself");
        };
    }

    private HopResult walk(MxLookup.Found mx, SignedMessage message, Envelope envelope, Deadline deadline) {
        HostWalk walk = new HostWalk(decider);
        Domain domain = envelope.forwardPath().domain();
        DomainTls tls = policies.of(domain, mx, settings.tlsFor(domain));
        for (MailExchanger host : mx.hosts()) {
            if (walk.mayTry(host, deadline)) {
                WalkedHost walked = new WalkedHost(domain, tls, host, walk);
                servers(walked).forEach(server -> {
                    if (walk.mayTry(host, deadline)) {
                        offer(server, walked, message, envelope, deadline);
                    }
                });
            }
        }
        passedBy.remember(domain, walk.onlyPassedBy());
        return walk.result();
    }

    /** One host on the walk over those of a domain. */
    private record WalkedHost(Domain domain, DomainTls tls, MailExchanger host, HostWalk walk) {}

    /** The addresses of a host, each with the TLS that it must give; none when it may not be used. */
    private List<SmtpServer> servers(WalkedHost walked) {
        MailExchanger host = walked.host();
        switch (resolver.addresses(host)) {
            case HostAddresses.Found found -> {
                switch (walked.tls().of(host, found)) {
                    case HostTls.Use use -> {
                        return found.addresses().stream()
                                .map(address -> server(host, address, use))
                                .toList();
                    }
                    case HostTls.NotInPolicy not -> untrusted(walked, HopResult.Why.NOT_IN_POLICY, not.detail());
                    case HostTls.Unproven not -> untrusted(walked, HopResult.Why.TLSA_UNPROVEN, not.detail());
                }
            }
            case HostAddresses.DnsFailure failure -> walked.walk().sawDnsFailure(failure.detail());
            case HostAddresses.OnlyForbidden only -> walked.walk().sawForbidden();
            case HostAddresses.None none -> {}
        }
        return List.of();
    }

    private void untrusted(WalkedHost walked, HopResult.Why why, String detail) {
        walked.walk().sawUntrusted(why, detail);
        observer.saw(walked.domain(), walked.tls(), walked.host(), new HopResult.NoServer(why, detail));
    }

    private void offer(
            SmtpServer server, WalkedHost walked, SignedMessage message, Envelope envelope, Deadline deadline) {
        Destination to = new Destination(Provider.of(server.host()).key(), server, settings.maxWait());
        switch (transport.offer(to, envelope, message, deadline)) {
            case HopResult.Tried tried -> {
                walked.walk().saw(tried);
                observer.saw(walked.domain(), walked.tls(), walked.host(), tried);
            }
            case HopResult.Skipped skipped -> walked.walk().saw(to, skipped);
            case HopResult.NoServer none -> throw new IllegalStateException("a server is given");
        }
    }

    private SmtpServer server(MailExchanger host, InetAddress address, HostTls.Use tls) {
        return new SmtpServer(host.host(), address, settings.port(), tls.policy(), tls.check(), null, false);
    }

    private static HopResult noServer(HopResult.Why why, String detail) {
        return new HopResult.NoServer(why, detail);
    }
}
