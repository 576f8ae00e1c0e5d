package dev.authmail.reports;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A DMARC aggregate report. RFC 9990 §3.1, RFC 7489 appendix C. Texts are as the reporter wrote them, and empty where it
 * wrote none.
 *
 * @param namespace of the root element; empty for the form of RFC 7489
 * @param metadata of the reporter: {@code org_name}, {@code email}, {@code report_id} …
 * @param begin of the period, Unix seconds
 * @param end of the period
 * @param policy what was published: {@code domain}, {@code p}, {@code sp} …
 * @param rows what was seen
 */
public record AggregateReport(
        String namespace,
        Map<String, String> metadata,
        OptionalLong begin,
        OptionalLong end,
        Map<String, String> policy,
        List<Row> rows) {
    public AggregateReport {
        metadata = Map.copyOf(metadata);
        policy = Map.copyOf(policy);
        rows = List.copyOf(rows);
    }

    /**
     * Mails of one source that were judged alike.
     *
     * @param sourceIp the address that sent them, as written
     * @param count how many
     * @param disposition what was done with them
     * @param dkim whether DKIM passed and was aligned: {@code pass} or {@code fail}
     * @param spf whether SPF passed and was aligned
     * @param overrides why something else was done than the policy says
     * @param headerFrom the domain in From
     * @param envelopeFrom the domain of the reverse-path
     * @param envelopeTo the domain of the recipient
     * @param dkimResults what each signature came to
     * @param spfResults what SPF came to
     */
    public record Row(
            String sourceIp,
            long count,
            String disposition,
            String dkim,
            String spf,
            List<String> overrides,
            String headerFrom,
            String envelopeFrom,
            String envelopeTo,
            List<AuthResult> dkimResults,
            List<AuthResult> spfResults) {
        public Row {
            overrides = List.copyOf(overrides);
            dkimResults = List.copyOf(dkimResults);
            spfResults = List.copyOf(spfResults);
        }

        /** Whether DMARC passed: one of the two did. */
        public boolean passes() {
            return dkimPasses() || spfPasses();
        }

        boolean dkimPasses() {
            return dkim.equals("pass");
        }

        boolean spfPasses() {
            return spf.equals("pass");
        }
    }

    /**
     * One result before alignment.
     *
     * @param domain that was authenticated
     * @param selector of a signature; for SPF its scope
     * @param result a word of RFC 8601
     */
    public record AuthResult(String domain, String selector, String result) {}

    /** Who reports. */
    public String reporter() {
        return metadata.getOrDefault("org_name", "");
    }

    /** The reporter's name for this report; unique for the reporter. */
    public String reportId() {
        return metadata.getOrDefault("report_id", "");
    }

    /** The domain whose policy it is. */
    public String domain() {
        return policy.getOrDefault("domain", "");
    }

    /** How many mails. */
    public long messages() {
        return rows.stream().mapToLong(Row::count).sum();
    }

    /** How many of them passed by DKIM. */
    public long dkimPass() {
        return rows.stream().filter(Row::dkimPasses).mapToLong(Row::count).sum();
    }

    /** How many of them passed by SPF. */
    public long spfPass() {
        return rows.stream().filter(Row::spfPasses).mapToLong(Row::count).sum();
    }

    /** How many mails were treated how. */
    public Map<String, Long> dispositions() {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.disposition(), row.count(), Long::sum));
        return counts;
    }
}
