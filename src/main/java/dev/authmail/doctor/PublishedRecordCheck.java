package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.records.RecordType;
import dev.authmail.tlsrpt.TlsRptRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A record that is nice to have, and wrong when it is broken. */
final class PublishedRecordCheck implements Check {
    private final Dns dns;
    private final String name;
    private final Domain domain;
    private final String at;
    private final String version;
    private final Predicate<String> valid;
    private final String advice;
    private final List<String> publish;

    private PublishedRecordCheck(
            Dns dns,
            String name,
            Domain domain,
            String label,
            String version,
            Predicate<String> valid,
            String advice,
            List<String> publish) {
        this.dns = dns;
        this.name = name;
        this.domain = domain;
        this.at = label + "." + domain.ascii();
        this.version = version;
        this.valid = valid;
        this.advice = advice;
        this.publish = publish;
    }

    /** Where others report how TLS with the domain's mail hosts went. RFC 8460. */
    static Check tlsReports(Dns dns, Domain domain) {
        return new PublishedRecordCheck(
                dns,
                "tls-rpt",
                domain,
                TlsRptRecord.LABEL,
                "v=TLSRPTv1",
                text -> RecordType.TLS_RPT.check(text).isValid(),
                "an address for reports about TLS with your mail hosts",
                List.of(Zone.txt(
                        TlsRptRecord.LABEL + "." + domain.ascii(),
                        "v=TLSRPTv1; rua=mailto:tls-reports@" + domain.ascii())));
    }

    /** The mark beside mails. Which logo that is, the domain's owner alone knows. */
    static Check mark(Dns dns, Domain domain) {
        return new PublishedRecordCheck(
                dns,
                "bimi",
                domain,
                "default._bimi",
                "v=BIMI1",
                PublishedRecordCheck::namesLogo,
                "a logo beside your mails, once DMARC is at quarantine or reject: default._bimi." + domain.ascii()
                        + ". IN TXT \"v=BIMI1; l=https://<logo>.svg; a=https://<certificate>.pem\"",
                List.of());
    }

    /** {@code l=} is there; an empty one says that there is no logo on purpose. */
    private static boolean namesLogo(String text) {
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(tag -> tag.startsWith("l="))
                .map(tag -> tag.substring(2).strip())
                .anyMatch(logo -> logo.isEmpty() || logo.startsWith("https://"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String subject() {
        return domain.ascii();
    }

    @Override
    public List<Finding> run() {
        return List.of(
                switch (dns.txt(at)) {
                    case DnsAnswer.Failed<String> failed -> Finding.unknown(name, subject(), failed.detail());
                    case DnsAnswer.NoSuchName<String> none -> missing();
                    case DnsAnswer.NoData<String> none -> missing();
                    case DnsAnswer.Found<String> found ->
                        judged(found.records().stream()
                                .filter(text -> text.startsWith(version))
                                .toList());
                });
    }

    private Finding missing() {
        return new Finding(name, Status.ADVICE, subject(), "nothing at " + at, advice, "", publish);
    }

    private Finding judged(List<String> records) {
        if (records.isEmpty()) {
            return missing();
        }
        boolean fine = records.size() == 1 && valid.test(records.getFirst());
        return fine
                ? Finding.fine(name, subject(), "published at " + at)
                : new Finding(
                        name,
                        Status.WARNING,
                        subject(),
                        records.size() > 1
                                ? "there are " + records.size() + " records at " + at
                                : "the record at " + at + " is broken",
                        "one record; authmail record check says what is wrong",
                        "",
                        publish);
    }
}
