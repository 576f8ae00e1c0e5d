package dev.authmail.command;

import dev.authmail.address.Domain;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.RecipientPolicy;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Provider;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.Dns;
import dev.authmail.mx.HostAddresses;
import dev.authmail.mx.MailExchanger;
import dev.authmail.mx.MxLookup;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.traffic.ProviderLimits;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which hops, hosts and addresses a mail would be offered to now, in their order. Asks the DNS, connects to nobody. */
final class WayOfMail {
    private static final String ROW = "%-10s %-40s %-5s %-40s %-5s %-14s %s%n";

    private final DeliverySetup setup;
    private final MxResolver resolver;
    private final Set<String> providers = new TreeSet<>();

    WayOfMail(DeliverySetup setup, Dns dns) {
        this.setup = setup;
        resolver = new MxResolver(dns, setup.mx(), new SecureRandom());
    }

    /** Prints the way to an address; its local part is not shown. */
    void print(String address, PrintWriter out) {
        switch (new RecipientPolicy().parse(address)) {
            case ParsedAddress.Invalid invalid -> throw CommandFailure.usage("The address " + invalid.rule());
            case ParsedAddress.Valid valid -> print(valid.address().domain(), out);
        }
    }

    private void print(Domain domain, PrintWriter out) {
        out.printf(
                "A mail to …@%s is offered in this order (routes of your own may have another):%n%n", domain.ascii());
        out.printf(ROW, "hop", "host", "pref", "address", "port", "TLS", "policy");
        setup.relays().forEach(relay -> relay(relay, out));
        direct(domain, out);
        out.println();
        limits(out);
    }

    private static void relay(RelaySettings relay, PrintWriter out) {
        try {
            for (InetAddress address : AddressLookup.ofSystem().addresses(relay.host())) {
                row(out, relay.name(), relay.host(), "", address, relay.port(), relay.tls());
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
            case MxLookup.Found found -> found.hosts().forEach(host -> host(domain, host, out));
            case MxLookup.NullMx none -> note(out, "direct", domain.ascii(), "takes no mail (null MX): dead letter");
            case MxLookup.NoSuchDomain none -> note(out, "direct", domain.ascii(), "does not exist: dead letter");
            case MxLookup.NoUsableHost none -> note(out, "direct", domain.ascii(), none.detail() + ": dead letter");
            case MxLookup.OwnHost own -> note(out, "direct", own.host(), "is this system itself: not tried");
            case MxLookup.DnsFailure failure ->
                note(out, "direct", domain.ascii(), "later, since the DNS cannot answer: " + failure.detail());
        }
    }

    private void host(Domain domain, MailExchanger host, PrintWriter out) {
        switch (resolver.addresses(host)) {
            case HostAddresses.Found found -> {
                providers.add(Provider.of(host.host()).key());
                found.addresses()
                        .forEach(address -> row(
                                out,
                                "direct",
                                host.host(),
                                Integer.toString(host.preference()),
                                address,
                                setup.direct().port(),
                                setup.direct().tlsFor(domain)));
            }
            case HostAddresses.None none -> note(out, "direct", host.host(), "has no address: the next host");
            case HostAddresses.OnlyForbidden only ->
                note(out, "direct", host.host(), "has only addresses that are not public: the next host");
            case HostAddresses.DnsFailure failure ->
                note(out, "direct", host.host(), "the DNS cannot answer: " + failure.detail());
        }
    }

    private static void row(
            PrintWriter out, String hop, String host, String preference, InetAddress address, int port, TlsPolicy tls) {
        out.printf(ROW, hop, host, preference, address.getHostAddress(), port, ReplyWords.word(tls), "settings");
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
                "%-12s %s: %d connections, %d mails over one, %s; closed? see authmail hold --list%n",
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
