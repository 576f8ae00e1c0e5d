package dev.authmail.mx;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.MxRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the hosts that take mail for a domain, and the addresses of one host at a time: most mail is taken by the first,
 * and then the others need not be looked up. RFC 5321 §5.1, RFC 7505. Thread-safe when the random generator is.
 */
public final class MxResolver {
    // RFC 5321 §2.3.5 with the underscore, which hosts in the field have; the last label is not all digits, so no IPv4.
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*+(?!\\d+$)[a-z0-9_-]{1,63}");

    private final Dns dns;
    private final MxSettings settings;
    private final RandomGenerator random;

    public MxResolver(Dns dns, MxSettings settings, RandomGenerator random) {
        this.dns = dns;
        this.settings = settings;
        this.random = random;
    }

    /** The hosts, by preference, equal ones shuffled. Asks the DNS once. */
    public MxLookup resolve(Domain domain) {
        return switch (dns.mx(domain.ascii())) {
            case DnsAnswer.Found<MxRecord> found -> explicit(found);
            // RFC 5321 §5.1: the implicit MX, only when the DNS says that there is no MX record.
            case DnsAnswer.NoData<MxRecord> none ->
                usable(List.of(new MailExchanger(0, domain.ascii())), true, domain.ascii());
            case DnsAnswer.NoSuchName<MxRecord> none -> new MxLookup.NoSuchDomain();
            case DnsAnswer.Failed<MxRecord> failed -> new MxLookup.DnsFailure(failed.detail());
        };
    }

    /** The addresses of a host, IPv4 and IPv6 in turn, forbidden ones left out. Asks the DNS at most twice. */
    public HostAddresses addresses(MailExchanger exchanger) {
        DnsAnswer<? extends InetAddress> ipv4 =
                settings.ipPreference() == IpPreference.IPV6_ONLY ? new DnsAnswer.NoData<>() : dns.a(exchanger.host());
        DnsAnswer<? extends InetAddress> ipv6 = settings.ipPreference() == IpPreference.IPV4_ONLY
                ? new DnsAnswer.NoData<>()
                : dns.aaaa(exchanger.host());
        List<InetAddress> all = settings.ipPreference() == IpPreference.IPV6_FIRST
                ? interleaved(found(ipv6), found(ipv4))
                : interleaved(found(ipv4), found(ipv6));
        if (all.isEmpty()) {
            return noAddress(ipv4, ipv6);
        }
        return allowed(all, ipv4, ipv6);
    }

    private MxLookup explicit(DnsAnswer.Found<MxRecord> found) {
        List<MxRecord> records = found.records();
        // RFC 7505 §3: the root alone is the null MX. Among others it is a mistake, and the others count.
        if (records.stream().allMatch(r -> r.exchange().isEmpty())) {
            return new MxLookup.NullMx();
        }
        List<MailExchanger> hosts = new ArrayList<>();
        for (MxRecord record : records) {
            if (HOST.matcher(record.exchange()).matches()) {
                hosts.add(new MailExchanger(record.preference(), record.exchange()));
            }
        }
        if (hosts.isEmpty()) {
            return new MxLookup.NoUsableHost("no MX record of the domain names a host");
        }
        Collections.shuffle(hosts, random);
        hosts.sort(Comparator.comparingInt(MailExchanger::preference));
        return usable(withoutRepeats(hosts), found.secure(), found.owner());
    }

    private static List<MailExchanger> withoutRepeats(List<MailExchanger> ordered) {
        Map<String, MailExchanger> byHost = new LinkedHashMap<>();
        ordered.forEach(host -> byHost.putIfAbsent(host.host(), host));
        return List.copyOf(byHost.values());
    }

    /** RFC 5321 §5.1: when we are in the list, we and all that are not preferred to us are left out. */
    private MxLookup usable(List<MailExchanger> ordered, boolean secure, String owner) {
        int own = ordered.stream()
                .filter(host -> settings.ownHosts().contains(host.host()))
                .mapToInt(MailExchanger::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        List<MailExchanger> hosts = ordered.stream()
                .filter(host -> host.preference() < own)
                .limit(settings.maxHosts())
                .toList();
        return hosts.isEmpty() ? new MxLookup.OwnHost(ordered.get(0).host()) : new MxLookup.Found(hosts, secure, owner);
    }

    private HostAddresses allowed(
            List<InetAddress> all, DnsAnswer<? extends InetAddress> ipv4, DnsAnswer<? extends InetAddress> ipv6) {
        List<InetAddress> allowed = all.stream()
                .filter(a -> settings.allowPrivateAddresses() || !ForbiddenAddresses.contain(a))
                .limit(settings.maxAddresses())
                .toList();
        if (!allowed.isEmpty()) {
            return new HostAddresses.Found(allowed, isSecure(ipv4) && isSecure(ipv6), owner(ipv4, ipv6));
        }
        // The kind that could not be asked for may have a public one: temporary.
        return noAddress(ipv4, ipv6) instanceof HostAddresses.DnsFailure failure
                ? failure
                : new HostAddresses.OnlyForbidden();
    }

    private static HostAddresses noAddress(
            DnsAnswer<? extends InetAddress> ipv4, DnsAnswer<? extends InetAddress> ipv6) {
        if (ipv4 instanceof DnsAnswer.Failed<? extends InetAddress> failed) {
            return new HostAddresses.DnsFailure(failed.detail());
        }
        if (ipv6 instanceof DnsAnswer.Failed<? extends InetAddress> failed) {
            return new HostAddresses.DnsFailure(failed.detail());
        }
        return new HostAddresses.None();
    }

    /** What was not found leads nowhere, and needs no proof. */
    private static boolean isSecure(DnsAnswer<? extends InetAddress> answer) {
        return !(answer instanceof DnsAnswer.Found<? extends InetAddress> found) || found.secure();
    }

    private static String owner(DnsAnswer<? extends InetAddress> ipv4, DnsAnswer<? extends InetAddress> ipv6) {
        return Stream.of(ipv4, ipv6)
                .filter(DnsAnswer.Found.class::isInstance)
                .map(found -> ((DnsAnswer.Found<?>) found).owner())
                .findFirst()
                .orElseThrow();
    }

    private static List<InetAddress> found(DnsAnswer<? extends InetAddress> answer) {
        return answer instanceof DnsAnswer.Found<? extends InetAddress> found
                ? List.copyOf(found.records())
                : List.of();
    }

    private static List<InetAddress> interleaved(List<InetAddress> first, List<InetAddress> second) {
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                all.add(first.get(i));
            }
            if (i < second.size()) {
                all.add(second.get(i));
            }
        }
        return all;
    }
}
