package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.MxRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The hosts that take mail for a domain, by its MX records. RFC 5321 §5.1. */
final class MailHosts {
    private final Dns dns;
    private final Domain domain;

    MailHosts(Dns dns, Domain domain) {
        this.dns = dns;
        this.domain = domain;
    }

    Domain domain() {
        return domain;
    }

    /** What its MX records say. */
    sealed interface Named {
        /** @param hosts in order of their names; none when the domain says that it takes no mail (RFC 7505) */
        record Found(List<String> hosts) implements Named {}

        /** No MX record; the check of the domain tells what that means. */
        record None() implements Named {}

        /** The DNS did not answer. */
        record Unknown(String why) implements Named {}
    }

    Named named() {
        return switch (dns.mx(domain.ascii())) {
            case DnsAnswer.Failed<MxRecord> failed -> new Named.Unknown(failed.detail());
            case DnsAnswer.NoSuchName<MxRecord> none -> new Named.None();
            case DnsAnswer.NoData<MxRecord> none -> new Named.None();
            case DnsAnswer.Found<MxRecord> found ->
                new Named.Found(found.records().stream()
                        .map(MxRecord::exchange)
                        .filter(host -> !host.isEmpty())
                        .sorted()
                        .toList());
        };
    }

    /** The addresses of a host: IPv4, or IPv6 where it has no other. */
    DnsAnswer<? extends InetAddress> addresses(String host) {
        DnsAnswer<? extends InetAddress> ipv4 = dns.a(host);
        return ipv4 instanceof DnsAnswer.NoData ? dns.aaaa(host) : ipv4;
    }

    /** One of them. */
    Optional<InetAddress> address(String host) {
        return addresses(host) instanceof DnsAnswer.Found<? extends InetAddress> found
                ? Optional.of(found.records().getFirst())
                : Optional.empty();
    }
}
