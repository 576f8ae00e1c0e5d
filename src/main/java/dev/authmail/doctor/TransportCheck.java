package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.mtasts.StsRecord;
import dev.authmail.records.CheckedRecord;
import dev.authmail.records.RecordType;
import dev.authmail.tlsrpt.TlsRptRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the domain says about TLS with its own mail hosts, and its mark: nice to have, wrong when broken. */
final class TransportCheck implements Check {
    private final Dns dns;
    private final Domain domain;

    TransportCheck(Dns dns, Domain domain) {
        this.dns = dns;
        this.domain = domain;
    }

    @Override
    public String name() {
        return "transport";
    }

    @Override
    public String subject() {
        return domain.ascii();
    }

    @Override
    public List<Finding> run() {
        return List.of(
                record(
                        "mta-sts",
                        StsRecord.LABEL,
                        "v=STSv1",
                        t -> check(RecordType.MTA_STS, t),
                        "a policy that others must use TLS with your mail hosts (RFC 8461)"),
                record(
                        "tls-rpt",
                        TlsRptRecord.LABEL,
                        "v=TLSRPTv1",
                        t -> check(RecordType.TLS_RPT, t),
                        "reports about TLS with your mail hosts: v=TLSRPTv1; rua=mailto:tls-reports@" + domain),
                record(
                        "bimi",
                        "default._bimi",
                        "v=BIMI1",
                        t -> t.toLowerCase(Locale.ROOT).contains("l="),
                        "a logo beside your mails, once DMARC is at quarantine or reject"));
    }

    private static boolean check(RecordType type, String text) {
        CheckedRecord checked = type.check(text);
        return checked.isValid();
    }

    private Finding record(String check, String label, String version, Predicate<String> valid, String advice) {
        String name = label + "." + domain;
        Finding missing = new Finding(check, Status.ADVICE, subject(), "nothing at " + name, advice, "", List.of());
        return switch (dns.txt(name)) {
            case DnsAnswer.Failed<String> failed -> Finding.unknown(check, subject(), failed.detail());
            case DnsAnswer.NoSuchName<String> none -> missing;
            case DnsAnswer.NoData<String> none -> missing;
            case DnsAnswer.Found<String> found -> {
                List<String> meant = found.records().stream()
                        .filter(t -> t.startsWith(version))
                        .toList();
                if (meant.isEmpty()) {
                    yield missing;
                }
                boolean fine = meant.size() == 1 && valid.test(meant.getFirst());
                yield fine
                        ? Finding.fine(check, subject(), "published at " + name)
                        : new Finding(
                                check,
                                Status.WARNING,
                                subject(),
                                "the record at " + name + " is broken, or there are several",
                                "see authmail record check",
                                "",
                                List.of());
            }
        };
    }
}
