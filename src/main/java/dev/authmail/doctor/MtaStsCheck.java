package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.mtasts.ParsedStsRecord;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.PolicySource;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The MTA-STS policy of the domain: announced, served, and naming every mail host. RFC 8461. */
final class MtaStsCheck implements Check {
    private static final String NAME = "mta-sts";
    private static final String WHO =
            "Google, Microsoft and others obey it when they send to you: answers and bounces get lost when it is wrong";
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Duration SHORT = Duration.ofDays(1);

    private final Dns dns;
    private final MailHosts hosts;
    private final Domain domain;
    private final PolicySource web;
    private final Clock clock;

    /** @param clock makes the id of a record to publish */
    MtaStsCheck(Dns dns, MailHosts hosts, PolicySource web, Clock clock) {
        this.dns = dns;
        this.hosts = hosts;
        this.domain = hosts.domain();
        this.web = web;
        this.clock = clock;
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
        return switch (hosts.named()) {
            case MailHosts.Named.Unknown unknown -> List.of(Finding.unknown(NAME, subject(), unknown.why()));
            case MailHosts.Named.None none -> List.of();
            case MailHosts.Named.Found found -> announced(found.hosts());
        };
    }

    private List<Finding> announced(List<String> hosts) {
        return switch (dns.txt(at())) {
            case DnsAnswer.Failed<String> failed -> List.of(Finding.unknown(NAME, subject(), failed.detail()));
            case DnsAnswer.NoSuchName<String> none -> List.of(missing(hosts));
            case DnsAnswer.NoData<String> none -> List.of(missing(hosts));
            case DnsAnswer.Found<String> found ->
                found.records().stream().noneMatch(text -> text.startsWith("v=STSv1"))
                        ? List.of(missing(hosts))
                        : recorded(found.records(), hosts);
        };
    }

    private String at() {
        return StsRecord.LABEL + "." + domain.ascii();
    }

    private List<String> publish() {
        return List.of(Zone.txt(at(), "v=STSv1; id=" + ID.format(clock.instant())));
    }

    /** Begins with testing: an enforced policy with a mistake in it keeps mail away. */
    private Finding missing(List<String> hosts) {
        return finding(
                Status.ADVICE,
                "nothing at " + at() + ": whoever sends to you need not use TLS",
                "the record, and at https://mta-sts." + domain.ascii() + "/.well-known/mta-sts.txt: "
                        + policy("testing", hosts),
                publish());
    }

    private static String policy(String mode, List<String> hosts) {
        return "version: STSv1 | mode: " + mode + " | "
                + hosts.stream().map(h -> "mx: " + h).collect(Collectors.joining(" | "))
                + " | max_age: 604800 (each a line of its own)";
    }

    private Finding finding(Status status, String found, String expected, List<String> publish) {
        return new Finding(NAME, status, subject(), found, expected, WHO, publish);
    }

    private List<Finding> recorded(List<String> records, List<String> hosts) {
        return switch (StsRecord.ofAll(records)) {
            case ParsedStsRecord.Invalid invalid ->
                List.of(finding(
                        Status.WARNING,
                        "the record at " + at() + " " + invalid.rule() + ": it counts as none",
                        "a record that is well written",
                        publish()));
            case ParsedStsRecord.Valid valid ->
                switch (web.fetch(domain)) {
                    case PolicyFetch.Failed failed ->
                        List.of(finding(
                                Status.WARNING,
                                "the policy that is announced cannot be fetched: " + failed.detail(),
                                "at https://mta-sts." + domain.ascii() + "/.well-known/mta-sts.txt, as text/plain and"
                                        + " without a redirect: " + policy("testing", hosts),
                                List.of()));
                    case PolicyFetch.Fetched fetched -> judged(fetched.policy(), hosts);
                };
        };
    }

    private List<Finding> judged(StsPolicy policy, List<String> hosts) {
        List<String> strangers =
                hosts.stream().filter(host -> !policy.names(host)).toList();
        String mode = policy.mode().name().toLowerCase(Locale.ROOT);
        if (policy.mode() != StsPolicy.Mode.NONE && !strangers.isEmpty()) {
            return List.of(finding(
                    policy.mode() == StsPolicy.Mode.ENFORCE ? Status.FAILURE : Status.WARNING,
                    "the policy (" + mode + ") does not name " + String.join(", ", strangers),
                    policy(mode, hosts) + ", and a new id in the record",
                    publish()));
        }
        List<Finding> findings = new ArrayList<>();
        if (policy.maxAge().compareTo(SHORT) < 0 && policy.mode() != StsPolicy.Mode.NONE) {
            findings.add(finding(
                    Status.ADVICE,
                    "max_age is " + policy.maxAge().toSeconds()
                            + " s: who cut off your web server would be rid of it soon",
                    "max_age: 604800 or more",
                    List.of()));
        }
        findings.add(
                switch (policy.mode()) {
                    case ENFORCE -> Finding.fine(NAME, subject(), "enforced, and it names every mail host");
                    case TESTING ->
                        finding(
                                Status.ADVICE,
                                "testing: nobody is kept from sending without TLS",
                                "mode: enforce, once TLS reports show no failures",
                                List.of());
                    case NONE ->
                        finding(Status.ADVICE, "mode none: no policy any more", policy("testing", hosts), List.of());
                });
        return findings;
    }
}
