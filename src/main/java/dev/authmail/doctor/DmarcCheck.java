package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dmarc.DmarcPolicy;
import dev.authmail.dmarc.DmarcRecord;
import dev.authmail.dmarc.IdentifierAlignment;
import dev.authmail.dmarc.PolicyDiscovery;
import dev.authmail.dmarc.PolicyDiscovery.Discovered;
import dev.authmail.dmarc.PolicyDiscovery.PublishedPolicy;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.RecordProblem;
import dev.authmail.psl.PublicSuffixes;
import dev.authmail.reports.PolicyAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A DMARC policy holds, it is well written, its reports arrive, and SPF and DKIM are aligned with it. RFC 9989. */
final class DmarcCheck implements Check {
    private static final String NAME = "dmarc";
    private static final String WHO =
            "Google and Yahoo (bulk), Microsoft (550 5.7.515) and Apple want a policy, p=none at least,"
                    + " and From aligned with SPF or DKIM";

    private final Dns dns;
    private final Domain author;
    private final Domain envelope;
    private final Set<String> signing;
    private final List<PolicyAdvice> advice;

    /**
     * @param signing the domains in {@code d=}; empty when they are not known
     * @param advice what the reports that came in say, for any domain
     */
    DmarcCheck(Dns dns, Domain author, Domain envelope, Set<String> signing, List<PolicyAdvice> advice) {
        this.advice = List.copyOf(advice);
        this.dns = dns;
        this.author = author;
        this.envelope = envelope;
        this.signing = Set.copyOf(signing);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return author.ascii();
    }

    @Override
    public List<Finding> run() {
        PolicyDiscovery discovery = new PolicyDiscovery(dns);
        return switch (discovery.discover(author.ascii())) {
            case Discovered.Unknown unknown -> List.of(Finding.unknown(NAME, subject(), unknown.detail()));
            case Discovered.Known known ->
                known.policy().map(p -> published(p, discovery)).orElseGet(this::missing);
        };
    }

    private List<Finding> missing() {
        String at = PublicSuffixes.registrable(author.ascii()).orElse(author.ascii());
        return List.of(finding(
                Status.FAILURE,
                "no DMARC policy holds",
                "a policy; begin with p=none and read the reports",
                List.of(Zone.txt(DmarcRecord.LABEL + "." + at, "v=DMARC1; p=none; rua=mailto:dmarc-reports@" + at))));
    }

    private Finding finding(Status status, String found, String expected, List<String> publish) {
        return new Finding(NAME, status, subject(), found, expected, WHO, publish);
    }

    private List<Finding> published(PublishedPolicy policy, PolicyDiscovery discovery) {
        List<Finding> findings = new ArrayList<>();
        for (RecordProblem problem : DmarcRecord.parse(policy.text()).problems()) {
            findings.add(finding(
                    problem.isError() ? Status.FAILURE : Status.ADVICE,
                    "the record at " + policy.domain() + ", character " + problem.position() + ": " + problem.what(),
                    problem.mend(),
                    List.of()));
        }
        findings.add(strength(policy));
        findings.addAll(reports(policy));
        findings.addAll(alignment(policy.record(), discovery));
        return findings;
    }

    /** The road: none, then quarantine, then reject. */
    private Finding strength(PublishedPolicy policy) {
        DmarcRecord record = policy.record();
        DmarcPolicy holds = policy.domain().equals(author.ascii()) ? record.policy() : record.subdomainPolicy();
        String found = "p=" + holds.word() + " holds, from " + DmarcRecord.LABEL + "." + policy.domain();
        return switch (holds) {
            case REJECT -> Finding.fine(NAME, subject(), found);
            case QUARANTINE -> next(policy, holds, found, "p=reject");
            case NONE -> next(policy, holds, found + ": anybody can send as you", "p=quarantine");
        };
    }

    /** What the reports say of the next step, where there are any. */
    private Finding next(PublishedPolicy policy, DmarcPolicy holds, String found, String next) {
        Optional<PolicyAdvice> reported = advice.stream()
                .filter(a -> a.domain().equals(policy.domain()) && a.policy().equals(holds.word()))
                .findFirst();
        String expected = next
                + reported.map(a -> (a.next().isPresent() ? ": " : ", but not yet: ") + a.because())
                        .orElse(", once the reports show that all your mail passes (authmail reports summarise)");
        List<String> publish = reported
                .flatMap(PolicyAdvice::next)
                .map(p -> Zone.txt(
                        DmarcRecord.LABEL + "." + policy.domain(),
                        policy.text().replaceFirst("(?i)\\bp[ \\t]*=[ \\t]*\\w+", "p=" + p)))
                .stream()
                .toList();
        return finding(Status.ADVICE, found, expected, publish);
    }

    private List<Finding> reports(PublishedPolicy policy) {
        List<String> uris = policy.record().aggregateReportUris();
        if (uris.isEmpty()) {
            return List.of(new Finding(
                    NAME,
                    Status.WARNING,
                    subject(),
                    "the policy asks for no reports (rua=)",
                    "an address for aggregate reports: without them nobody knows what fails",
                    "Yahoo strongly recommends it",
                    List.of(Zone.txt(
                            DmarcRecord.LABEL + "." + policy.domain(),
                            policy.text().replaceFirst("[;\\s]*$", "") + "; rua=mailto:dmarc-reports@"
                                    + policy.domain()))));
        }
        return uris.stream()
                .filter(uri -> uri.startsWith("mailto:") && uri.contains("@"))
                .map(uri -> uri.substring(uri.lastIndexOf('@') + 1).split("\\?", 2)[0])
                .distinct()
                .filter(to -> !organization(to).equals(organization(policy.domain())))
                .map(to -> authorised(policy.domain(), to))
                .toList();
    }

    private static String organization(String domain) {
        return PublicSuffixes.registrable(domain).orElse(domain);
    }

    /** Another organization must say that it takes reports about us. RFC 9990 §4. */
    private Finding authorised(String domain, String to) {
        String name = domain + "._report." + DmarcRecord.LABEL + "." + to;
        Finding missing = finding(
                Status.WARNING,
                to + " does not say that it takes reports about " + domain + ", so none are sent",
                "a record that " + to + " publishes",
                List.of(Zone.txt(name, "v=DMARC1;")));
        return switch (dns.txt(name)) {
            case DnsAnswer.Failed<String> failed -> Finding.unknown(NAME, subject(), failed.detail());
            case DnsAnswer.NoSuchName<String> none -> missing;
            case DnsAnswer.NoData<String> none -> missing;
            case DnsAnswer.Found<String> found ->
                found.records().stream().anyMatch(DmarcRecord::isDmarc)
                        ? Finding.fine(NAME, subject(), to + " takes reports about " + domain)
                        : missing;
        };
    }

    private List<Finding> alignment(DmarcRecord record, PolicyDiscovery discovery) {
        IdentifierAlignment alignment = new IdentifierAlignment(discovery);
        var spf = alignment.aligned(author.ascii(), envelope.ascii(), record.spfAlignment());
        boolean dkimKnown = !signing.isEmpty();
        List<Boolean> signatures = signing.stream()
                .flatMap(d -> alignment.aligned(author.ascii(), d, record.dkimAlignment()).stream())
                .toList();
        if (spf.isEmpty() || signatures.size() < signing.size()) {
            return List.of(Finding.unknown(NAME, subject(), "the organizational domains could not be looked up"));
        }
        boolean bySpf = spf.get();
        boolean byDkim = signatures.contains(true);
        String found = "aligned with From: SPF " + (bySpf ? "yes" : "no") + " (" + envelope + "), DKIM "
                + (!dkimKnown ? "not known" : byDkim ? "yes" : "no");
        if (bySpf && (byDkim || !dkimKnown)) {
            return List.of(Finding.fine(NAME, subject(), found));
        }
        return List.of(finding(
                bySpf || byDkim ? Status.WARNING : Status.FAILURE,
                found,
                "both: an envelope sender (authmail.mail.bounce-domain) and a signing domain (authmail.dkim.domain) of "
                        + author,
                List.of()));
    }
}
