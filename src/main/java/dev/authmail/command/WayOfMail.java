package dev.authmail.command;

import dev.authmail.address.Domain;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.RecipientPolicy;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Provider;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.hold.HoldScope;
import dev.authmail.mtasts.StsLookup;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mx.HostAddresses;
import dev.authmail.mx.MailExchanger;
import dev.authmail.mx.MxLookup;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.PublicHosts;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.tlspolicy.DomainTls;
import dev.authmail.tlspolicy.HostTls;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.ProviderLimits;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which hops, hosts and addresses a mail would be offered to now, in their order, and how much TLS each must give. Asks
 * the DNS and for policies, connects to no mail host.
 */
final class WayOfMail implements AutoCloseable {
    private static final String ROW = "%-10s %-40s %-5s %-40s %-5s %-14s %s%n";

    private final DeliverySetup setup;
    private final DnsJava dns;
    private final TlsPolicies policies;
    private final MxResolver resolver;
    private final Set<String> providers = new TreeSet<>();

    private WayOfMail(DeliverySetup setup, DnsJava dns, TlsPolicies policies) {
        this.setup = setup;
        this.dns = dns;
        this.policies = policies;
        resolver = new MxResolver(dns, setup.mx(), new SecureRandom());
    }

    /**
     * Asks the DNS, and web servers for policies, until it is closed.
     *
     * @throws IllegalArgumentException when the settings of DANE cannot be kept
     */
    static WayOfMail open(DeliverySetup setup, DnsSettings servers, Clock clock) {
        DnsJava dns = setup.tls().open(servers);
        Predicate<String> mayConnect = setup.mx().allowPrivateAddresses() ? host -> true : new PublicHosts();
        return new WayOfMail(
                setup, dns, TlsPolicies.open(setup.tls(), dns, setup.direct().port(), mayConnect, clock));
    }

    @Override
    public void close() {
        policies.close();
        dns.close();
    }

    /**
     * Where that way leads.
     *
     * @param domain of the recipient
     * @param providers whose MX hosts are on it
     * @param hops relays, and {@code direct}
     */
    record Destinations(Domain domain, Set<String> providers, Set<String> hops) {}

    /** Prints the way to an address; its local part is not shown. */
    Destinations print(String address, PrintWriter out) {
        return switch (new RecipientPolicy().parse(address)) {
            case ParsedAddress.Invalid invalid -> throw CommandFailure.usage("The address " + invalid.rule());
            case ParsedAddress.Valid valid -> {
                Domain domain = valid.address().domain();
                print(domain, out);
                yield new Destinations(domain, Set.copyOf(providers), hops());
            }
        };
    }

    private Set<String> hops() {
        Set<String> hops = new TreeSet<>();
        setup.relays().forEach(relay -> hops.add(relay.name()));
        if (!hops.isEmpty()) {
            hops.add(HoldScope.ALL_RELAYS);
        }
        if (setup.direct().enabled()) {
            hops.add(HoldScope.DIRECT);
        }
        return hops;
    }

    private void print(Domain domain, PrintWriter out) {
        out.printf(
                "A mail to …@%s is offered in this order (routes of your own may have another):%n%n", domain.ascii());
        out.printf(ROW, "hop", "host", "pref", "address", "port", "TLS", "said by");
        setup.relays().forEach(relay -> relay(relay, out));
        direct(domain, out);
        out.println();
        limits(out);
    }

    private static void relay(RelaySettings relay, PrintWriter out) {
        try {
            for (InetAddress address : AddressLookup.ofSystem().addresses(relay.host())) {
                row(
                        out,
                        relay.name(),
                        relay.host(),
                        "",
                        address,
                        relay.port(),
                        relay.tls().code(),
                        "settings");
            }
        } catch (UnknownHostException e) {
            note(out, relay.name(), relay.host(), "has no address that can be found: the next hop");
        }
    }

    private void direct(Domain domain, PrintWriter out) {
        if (!setup.direct().enabled()) {
            note(out, "direct", domain.ascii(), "not tried: authmail.direct.enabled is never");
            return;
        }
        switch (resolver.resolve(domain)) {
            case MxLookup.Found found -> {
                DomainTls tls = policies.of(domain, found, setup.direct().tlsFor(domain));
                found.hosts().forEach(host -> host(tls, host, out));
                sts(domain, tls.sts(), out);
            }
            case MxLookup.NullMx none -> note(out, "direct", domain.ascii(), "takes no mail (null MX): dead letter");
            case MxLookup.NoSuchDomain none -> note(out, "direct", domain.ascii(), "does not exist: dead letter");
            case MxLookup.NoUsableHost none -> note(out, "direct", domain.ascii(), none.detail() + ": dead letter");
            case MxLookup.OwnHost own -> note(out, "direct", own.host(), "is this system itself: not tried");
            case MxLookup.DnsFailure failure ->
                note(out, "direct", domain.ascii(), "later, since the DNS cannot answer: " + failure.detail());
        }
    }

    private void host(DomainTls tls, MailExchanger host, PrintWriter out) {
        switch (resolver.addresses(host)) {
            case HostAddresses.Found found -> {
                providers.add(Provider.of(host.host()).key());
                host(tls.of(host, found), host, found, out);
            }
            case HostAddresses.None none -> note(out, "direct", host.host(), "has no address: the next host");
            case HostAddresses.OnlyForbidden only ->
                note(out, "direct", host.host(), "has only addresses that are not public: the next host");
            case HostAddresses.DnsFailure failure ->
                note(out, "direct", host.host(), "the DNS cannot answer: " + failure.detail());
        }
    }

    private void host(HostTls tls, MailExchanger host, HostAddresses.Found found, PrintWriter out) {
        switch (tls) {
            case HostTls.Use use -> {
                String source = use.policy().isPublished() ? "its domain" : "settings";
                String preference = Integer.toString(host.preference());
                int port = setup.direct().port();
                found.addresses()
                        .forEach(a -> row(
                                out,
                                "direct",
                                host.host(),
                                preference,
                                a,
                                port,
                                use.policy().code(),
                                source));
            }
            case HostTls.NotInPolicy not -> note(out, "direct", host.host(), not.detail() + ": the next host");
            case HostTls.Unproven not -> note(out, "direct", host.host(), "may not be used now: " + not.detail());
        }
    }

    private static void sts(Domain domain, StsLookup sts, PrintWriter out) {
        switch (sts) {
            case StsLookup.Applies(StsPolicy policy) ->
                note(out, "MTA-STS", domain.ascii(), "has a policy, " + ReplyWords.word(policy.mode()));
            case StsLookup.Unavailable(var failure) ->
                note(out, "MTA-STS", domain.ascii(), "announces a policy that is not to be had: " + failure.detail());
            case StsLookup.None none -> {}
        }
    }

    private static void row(
            PrintWriter out,
            String hop,
            String host,
            String preference,
            InetAddress address,
            int port,
            String tls,
            String source) {
        out.printf(ROW, hop, host, preference, address.getHostAddress(), port, tls, source);
    }

    private static void note(PrintWriter out, String hop, String host, String words) {
        out.printf("%-10s %-40s %s%n", hop, host, words);
    }

    private void limits(PrintWriter out) {
        PoolSettings pool = setup.pool();
        out.printf(
                "%-12s %d to one server, %d in all; %d mails and %s over one, %s idle%n",
                "connections",
                pool.maxPerServer(),
                pool.maxTotal(),
                pool.maxMessages(),
                shown(pool.maxAge()),
                shown(pool.idleTime()));
        providers.forEach(provider -> provider(provider, setup.limits().apply(provider), out));
        out.printf("%-12s %s at most for all hops%n", "attempt", shown(setup.attemptTimeout()));
        out.printf(
                "%-12s %s, the last repeats until the deadline%n",
                "retry", tiers(setup.schedule().tiers()));
    }

    private static void provider(String name, ProviderLimits limits, PrintWriter out) {
        out.printf(
                "%-12s %s: %d connections, %d mails over one, %s%n",
                "provider",
                name,
                limits.connections(),
                limits.messages(),
                limits.perMinute() == 0 ? "no limit a minute" : limits.perMinute() + " mails a minute");
    }

    private static String tiers(List<RetrySchedule.Tier> tiers) {
        return tiers.stream().map(RetrySchedule.Tier::name).collect(Collectors.joining(", "));
    }

    private static String shown(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
