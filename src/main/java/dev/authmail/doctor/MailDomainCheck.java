package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.MxRecord;
import java.net.InetAddress;
import java.util.List;

/** A domain that mail comes from can take mail. Yahoo, docomo, Apple. */
final class MailDomainCheck implements Check {
    private static final String NAME = "domain";
    private static final String WHO =
            "Yahoo refuses senders that can take no mail (null MX, no such domain); docomo and au"
                    + " want an A or MX record of the From domain; bounces need it";

    private final Dns dns;
    private final Domain domain;
    private final String role;

    /** @param role such as {@code From} */
    MailDomainCheck(Dns dns, Domain domain, String role) {
        this.dns = dns;
        this.domain = domain;
        this.role = role;
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
        return Finding.fine(
                NAME, subject(), role + ": takes mail at " + records.getFirst().exchange());
    }

    private Finding withoutMx() {
        return switch (addresses()) {
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

    private DnsAnswer<? extends InetAddress> addresses() {
        DnsAnswer<? extends InetAddress> ipv4 = dns.a(domain.ascii());
        return ipv4 instanceof DnsAnswer.NoData ? dns.aaaa(domain.ascii()) : ipv4;
    }

    private Finding failure(String found) {
        return new Finding(
                NAME, Status.FAILURE, subject(), role + ": " + found, "a domain that takes mail", WHO, publish());
    }

    private List<String> publish() {
        return List.of(Zone.record(domain.ascii(), "MX", "10 mail." + domain.ascii() + "."));
    }
}
