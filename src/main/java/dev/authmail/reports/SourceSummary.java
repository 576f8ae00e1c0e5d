package dev.authmail.reports;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who sends as us: what all reports together say of one address and one domain in From.
 *
 * @param headerFrom the domain in From
 * @param sourceIp the address that sent
 * @param messages how many mails
 * @param pass how many passed DMARC
 * @param dkimPass how many passed by DKIM
 * @param spfPass how many passed by SPF
 * @param dispositions how many were treated how
 * @param reporters who reported
 * @param authenticated domains that DKIM or SPF authenticated, aligned or not: they tell whose server it is
 */
public record SourceSummary(
        String headerFrom,
        String sourceIp,
        long messages,
        long pass,
        long dkimPass,
        long spfPass,
        Map<String, Long> dispositions,
        Collection<String> reporters,
        Collection<String> authenticated) {
    /** Collects reports; one that came twice counts once. Not thread-safe. */
    public static final class Collector {
        private final Map<String, Counts> sources = new TreeMap<>();
        private final LinkedHashSet<List<String>> seen = new LinkedHashSet<>();
        private final Map<String, Period> periods = new TreeMap<>();

        /** Takes a report; false when it was known. */
        public boolean add(AggregateReport report) {
            List<String> identity = List.of(report.reporter(), report.reportId(), report.domain());
            if (!report.reportId().isEmpty() && !seen.add(identity)) {
                return false;
            }
            if (report.begin().isPresent() && report.end().isPresent()) {
                Period period = new Period(
                        report.begin().getAsLong(),
                        report.end().getAsLong(),
                        report.policy().getOrDefault("p", ""));
                periods.merge(report.domain().toLowerCase(Locale.ROOT), period, Period::and);
            }
            report.rows()
                    .forEach(row -> sources.computeIfAbsent(
                                    row.headerFrom() + " " + row.sourceIp(), key -> new Counts(row))
                            .add(row, report.reporter()));
            return true;
        }

        /** How far each domain is on the road none, quarantine, reject. */
        public List<PolicyAdvice> advice() {
            List<SourceSummary> all = summaries();
            return periods.entrySet().stream()
                    .map(e -> PolicyAdvice.of(
                            e.getKey(),
                            e.getValue().policy(),
                            Duration.ofSeconds(Math.max(
                                    0, e.getValue().end() - e.getValue().begin())),
                            all.stream()
                                    .filter(s -> PolicyAdvice.isBelow(s.headerFrom(), e.getKey()))
                                    .toList()))
                    .toList();
        }

        /** The sources, those of the most mails first. */
        public List<SourceSummary> summaries() {
            return sources.values().stream()
                    .map(Counts::summary)
                    .sorted((a, b) -> Long.compare(b.messages(), a.messages()))
                    .toList();
        }
    }

    /** From the first second that reports cover to the last, and the policy that the last one saw. */
    private record Period(long begin, long end, String policy) {
        Period and(Period other) {
            return new Period(
                    Math.min(begin, other.begin), Math.max(end, other.end), other.end >= end ? other.policy : policy);
        }
    }

    private static final class Counts {
        private final String headerFrom;
        private final String sourceIp;
        private final Map<String, Long> dispositions = new TreeMap<>();
        private final LinkedHashSet<String> reporters = new LinkedHashSet<>();
        private final LinkedHashSet<String> authenticated = new LinkedHashSet<>();
        private long messages;
        private long pass;
        private long dkimPass;
        private long spfPass;

        Counts(AggregateReport.Row row) {
            this.headerFrom = row.headerFrom();
            this.sourceIp = row.sourceIp();
        }

        void add(AggregateReport.Row row, String reporter) {
            messages += row.count();
            pass += row.passes() ? row.count() : 0;
            dkimPass += row.dkimPasses() ? row.count() : 0;
            spfPass += row.spfPasses() ? row.count() : 0;
            dispositions.merge(row.disposition(), row.count(), Long::sum);
            reporters.add(reporter);
            passing(row.dkimResults(), "dkim:");
            passing(row.spfResults(), "spf:");
        }

        private void passing(List<AggregateReport.AuthResult> results, String method) {
            results.stream()
                    .filter(r -> Objects.equals(r.result(), "pass"))
                    .forEach(r -> authenticated.add(method + r.domain()));
        }

        SourceSummary summary() {
            return new SourceSummary(
                    headerFrom,
                    sourceIp,
                    messages,
                    pass,
                    dkimPass,
                    spfPass,
                    Map.copyOf(dispositions),
                    List.copyOf(reporters),
                    List.copyOf(authenticated));
        }
    }
}
