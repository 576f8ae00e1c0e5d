package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.MxRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A domain that mail comes from can take mail. Yahoo, docomo, Apple. */
final class MailDomainCheck implements Check {
    private static final String NAME = "domain";
    private static final String WHO =
            "Yahoo refuses senders that can take no mail (null MX, no such domain); docomo and au"
                    + " want an A or MX record of the From domain; bounces need it";

    private final Dns dns;
    private final MailHosts hosts;
    private final Domain domain;
    private final String role;
    private final Domain like;

    /**
     * @param role such as {@code From}
     * @param like another domain of ours, whose mail host can take mail for this one as well
     */
    MailDomainCheck(Dns dns, Domain domain, String role, Domain like) {
        this.dns = dns;
        this.hosts = new MailHosts(dns, domain);
        this.domain = domain;
        this.role = role;
        this.like = like;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return domain.ascii();
    }

    @Override
    public List<Finding> run() {
        return List.of(
                switch (dns.mx(domain.ascii())) {
                    case DnsAnswer.Failed<MxRecord> failed -> Finding.unknown(NAME, subject(), failed.detail());
                    case DnsAnswer.NoSuchName<MxRecord> none -> failure("the domain does not exist");
                    case DnsAnswer.NoData<MxRecord> none -> withoutMx();
                    case DnsAnswer.Found<MxRecord> found -> withMx(found.records());
                });
    }

    private Finding withMx(List<MxRecord> records) {
        if (records.stream().anyMatch(r -> r.exchange().isEmpty())) {
            return failure("the domain says that it takes no mail (null MX, RFC 7505)");
        }
        Optional<String> unanswered = Optional.empty();
        for (MxRecord record : records) {
            switch (hosts.addresses(record.exchange())) {
                case DnsAnswer.Found<? extends InetAddress> found -> {
                    return Finding.fine(NAME, subject(), role + ": takes mail at " + record.exchange());
                }
                case DnsAnswer.Failed<? extends InetAddress> failed -> unanswered = Optional.of(failed.detail());
                case DnsAnswer.NoSuchName<? extends InetAddress> none -> {}
                case DnsAnswer.NoData<? extends InetAddress> none -> {}
            }
        }
        return unanswered
                .map(why -> Finding.unknown(NAME, subject(), why))
                .orElseGet(() -> failure(
                        "its mail host " + records.getFirst().exchange() + " has no address",
                        "an address record of that host, or an MX record that names a host with one"));
    }

    private Finding withoutMx() {
        return switch (hosts.addresses(domain.ascii())) {
            case DnsAnswer.Failed<? extends InetAddress> failed -> Finding.unknown(NAME, subject(), failed.detail());
            case DnsAnswer.Found<? extends InetAddress> found ->
                new Finding(
                        NAME,
                        Status.WARNING,
                        subject(),
                        role + ": there is no MX record, only an address",
                        "an MX record, so that answers and bounces arrive",
                        WHO,
                        publish());
            case DnsAnswer.NoSuchName<? extends InetAddress> none -> failure("there is neither MX nor address");
            case DnsAnswer.NoData<? extends InetAddress> none -> failure("there is neither MX nor address");
        };
    }

    private Finding failure(String found) {
        return failure(found, "a domain that takes mail; the host that is named must have an address");
    }

    private Finding failure(String found, String expected) {
        return new Finding(NAME, Status.FAILURE, subject(), role + ": " + found, expected, WHO, publish());
    }

    private List<String> publish() {
        return List.of(Zone.record(domain.ascii(), "MX", "10 " + host() + "."));
    }

    /** The mail host of the other domain, where it has one. */
    private String host() {
        return !like.equals(domain)
                        && new MailHosts(dns, like).named() instanceof MailHosts.Named.Found(List<String> others)
                        && !others.isEmpty()
                ? others.getFirst()
                : "mail." + domain.ascii();
    }
}
