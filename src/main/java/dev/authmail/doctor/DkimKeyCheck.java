package dev.authmail.doctor;

import dev.authmail.dkim.KeyRecordCheck;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.RecordProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The key that signs is the key that is published. RFC 6376 §3.6.2. */
final class DkimKeyCheck implements Check {
    private static final String NAME = "dkim";
    private static final String WHO =
            "Google and Yahoo refuse mail with neither SPF nor DKIM and want 1024 bits, better 2048;"
                    + " Google and Yahoo (bulk), Microsoft and Apple want both";

    private final Dns dns;
    private final String domain;
    private final String selector;
    private final Optional<String> expected;

    /** @param expected the record of the key that signs; empty when only the published one is looked at */
    DkimKeyCheck(Dns dns, String domain, String selector, Optional<String> expected) {
        this.dns = dns;
        this.domain = domain;
        this.selector = selector;
        this.expected = expected;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return selector + "._domainkey." + domain;
    }

    @Override
    public List<Finding> run() {
        return switch (dns.txt(subject())) {
            case DnsAnswer.Failed<String> failed -> List.of(Finding.unknown(NAME, subject(), failed.detail()));
            case DnsAnswer.NoSuchName<String> none -> List.of(failure("no key is published"));
            case DnsAnswer.NoData<String> none -> List.of(failure("no key is published"));
            case DnsAnswer.Found<String> found ->
                found.records().size() > 1
                        ? List.of(failure("there are " + found.records().size() + " records; verifiers may take any"))
                        : published(found.records().getFirst());
        };
    }

    private Finding failure(String found) {
        String wanted = expected.isPresent()
                ? "the record of the key that signs"
                : "one record with the key that signs; authmail keygen dkim makes a key and prints its record";
        return new Finding(NAME, Status.FAILURE, subject(), found, wanted, WHO, publish());
    }

    private List<String> publish() {
        return expected.map(record -> Zone.txt(subject(), record)).stream().toList();
    }

    private List<Finding> published(String record) {
        KeyRecordCheck.Reading reading = KeyRecordCheck.read(record);
        if (Boolean.TRUE.equals(reading.values().get("revoked"))) {
            return List.of(failure("the published key is revoked (p= is empty)"));
        }
        if (expected.isPresent() && !key(expected.get()).equals(key(record))) {
            return List.of(failure("the published key is another than the one that signs"));
        }
        List<Finding> findings = new ArrayList<>();
        for (RecordProblem problem : reading.problems()) {
            findings.add(new Finding(
                    NAME,
                    problem.isError() ? Status.FAILURE : Status.WARNING,
                    subject(),
                    problem.what(),
                    problem.mend(),
                    WHO,
                    problem.isError() ? publish() : List.of()));
        }
        if (findings.isEmpty()) {
            String which = expected.isPresent() ? "the key that signs is published" : "a key is published";
            findings.add(Finding.fine(
                    NAME,
                    subject(),
                    which + " (" + reading.values().get("keyType") + ", "
                            + reading.values().get("bits") + " bits)"));
        }
        return findings;
    }

    private static String key(String record) {
        for (String tag : record.split(";", -1)) {
            if (tag.strip().startsWith("p=") || tag.strip().matches("p[ \\t]+=.*")) {
                return tag.substring(tag.indexOf('=') + 1).replaceAll("\\s", "");
            }
        }
        return "";
    }
}
