package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.RecordProblem;
import dev.authmail.spf.SpfEvaluation;
import dev.authmail.spf.SpfEvaluator;
import dev.authmail.spf.SpfQuery;
import dev.authmail.spf.SpfRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SPF lets every sending address send, within its limits. RFC 7208. */
final class SpfCheck implements Check {
    private static final String NAME = "spf";
    private static final int CLOSE_TO_LIMIT = 9;

    private final Dns dns;
    private final SpfEvaluator evaluator;
    private final Domain domain;
    private final List<InetAddress> addresses;
    private final boolean envelope;

    /** @param envelope whether it is the domain of the envelope sender; else that in From alone */
    SpfCheck(Dns dns, SpfEvaluator evaluator, Domain domain, List<InetAddress> addresses, boolean envelope) {
        this.dns = dns;
        this.evaluator = evaluator;
        this.domain = domain;
        this.addresses = addresses;
        this.envelope = envelope;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return domain.ascii();
    }

    private Status bad() {
        return envelope ? Status.FAILURE : Status.WARNING;
    }

    private String who() {
        return envelope
                ? "Google and Yahoo refuse mail with neither SPF nor DKIM; Google and Yahoo (bulk), Microsoft (550 5.7.515)"
                        + " and Apple want both"
                : "docomo looks at SPF of the From domain as well";
    }

    @Override
    public List<Finding> run() {
        return switch (dns.txt(domain.ascii())) {
            case DnsAnswer.Failed<String> failed -> List.of(Finding.unknown(NAME, subject(), failed.detail()));
            case DnsAnswer.NoSuchName<String> none -> List.of(missing());
            case DnsAnswer.NoData<String> none -> List.of(missing());
            case DnsAnswer.Found<String> found ->
                records(found.records().stream().filter(SpfRecord::isSpf).toList());
        };
    }

    private Finding missing() {
        return new Finding(
                NAME,
                bad(),
                subject(),
                "there is no SPF record",
                addresses.isEmpty()
                        ? "one that names every sending address (ip4:, ip6:) and includes that of your relay, if it is"
                                + " somebody else's"
                        : "one that names every sending address",
                who(),
                publish(""));
    }

    private List<Finding> records(List<String> records) {
        if (records.isEmpty()) {
            return List.of(missing());
        }
        if (records.size() > 1) {
            return List.of(new Finding(
                    NAME,
                    bad(),
                    subject(),
                    "there are " + records.size() + " SPF records, which is as bad as none",
                    "one record; remove the others",
                    who(),
                    publish(records.getFirst())));
        }
        List<Finding> findings = new ArrayList<>(problems(records.getFirst()));
        addresses.forEach(address -> findings.add(evaluated(address, records.getFirst())));
        if (addresses.isEmpty()) {
            findings.add(Finding.unknown(
                    NAME, subject(), "no sending address is known, so nobody can say whether it may send"));
        }
        return findings;
    }

    private List<Finding> problems(String record) {
        List<Finding> findings = new ArrayList<>();
        for (RecordProblem problem : SpfRecord.parse(record).problems()) {
            findings.add(new Finding(
                    NAME,
                    problem.isError() ? bad() : Status.WARNING,
                    subject(),
                    "the record, character " + problem.position() + ": " + problem.what(),
                    problem.mend(),
                    who(),
                    List.of()));
        }
        return findings;
    }

    private Finding evaluated(InetAddress address, String record) {
        String ip = IpAddress.text(address);
        SpfEvaluation evaluation = evaluator.evaluate(SpfQuery.of(address, domain.ascii(), domain.ascii()));
        String counted = evaluation.lookups() + " of 10 look-ups, " + evaluation.voidLookups() + " of 2 void";
        return switch (evaluation.result()) {
            case PASS ->
                evaluation.lookups() < CLOSE_TO_LIMIT
                        ? Finding.fine(NAME, subject(), ip + " passes by " + term(evaluation) + " (" + counted + ")")
                        : new Finding(
                                NAME,
                                Status.WARNING,
                                subject(),
                                ip + " passes, but close to the limit: " + counted,
                                "fewer terms that ask the DNS: addresses instead of include",
                                who(),
                                List.of());
            case TEMPERROR -> Finding.unknown(NAME, subject(), evaluation.reason());
            case FAIL, SOFTFAIL, NEUTRAL ->
                new Finding(
                        NAME,
                        bad(),
                        subject(),
                        ip + ": " + evaluation.result().word() + " (" + evaluation.reason() + ")",
                        "a record that lets " + ip
                                + " send; where that is a relay of somebody else, the include: that it names",
                        who(),
                        publish(record));
            case NONE, PERMERROR ->
                new Finding(
                        NAME,
                        bad(),
                        subject(),
                        ip + ": " + evaluation.result().word() + " (" + evaluation.reason() + "; " + counted + ")",
                        "a record without errors, within 10 look-ups",
                        who(),
                        List.of());
        };
    }

    private static String term(SpfEvaluation evaluation) {
        return evaluation.matched().map(SpfEvaluation.Matched::term).orElse("default");
    }

    /** The record with the sending addresses in front. */
    private List<String> publish(String record) {
        List<String> terms = addresses.stream()
                .map(SpfCheck::mechanism)
                .filter(m -> !record.contains(m))
                .toList();
        if (terms.isEmpty() && record.isEmpty()) {
            return List.of(); // a record that names nobody would do harm
        }
        String rest =
                record.isEmpty() ? "~all" : record.substring("v=spf1".length()).strip();
        List<String> all = new ArrayList<>(List.of("v=spf1"));
        all.addAll(terms);
        Optional.of(rest).filter(r -> !r.isEmpty()).ifPresent(all::add);
        return List.of(Zone.txt(domain.ascii(), String.join(" ", all)));
    }

    private static String mechanism(InetAddress address) {
        return (address.getAddress().length == 4 ? "ip4:" : "ip6:") + IpAddress.text(address);
    }
}
