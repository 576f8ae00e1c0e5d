package dev.authmail.reports;

import java.util.List;

/**
 * A TLS report. RFC 8460 §4.3. Texts are as the reporter wrote them, and empty where it wrote none.
 *
 * @param organization who reports
 * @param reportId the reporter's name for this report
 * @param start of the period, RFC 3339
 * @param end of the period
 * @param contact how to reach the reporter
 * @param policies what was seen, by policy
 */
public record TlsReport(
        String organization, String reportId, String start, String end, String contact, List<PolicyResult> policies) {
    public TlsReport {
        policies = List.copyOf(policies);
    }

    /**
     * What was seen under one policy.
     *
     * @param type {@code tlsa}, {@code sts} or {@code no-policy-found}
     * @param domain whose policy it is
     * @param success sessions with TLS as the policy wants it
     * @param failure sessions without
     * @param failures why
     */
    public record PolicyResult(String type, String domain, long success, long failure, List<Failure> failures) {
        public PolicyResult {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Sessions that failed alike.
     *
     * @param type the word of RFC 8460 §4.3, such as {@code certificate-expired}
     * @param count how many
     * @param receivingHost the mail host
     * @param sendingIp the reporter's address
     * @param reason the reporter's own word
     */
    public record Failure(String type, long count, String receivingHost, String sendingIp, String reason) {}

    /** Sessions that went well under all policies. */
    public long success() {
        return policies.stream().mapToLong(PolicyResult::success).sum();
    }

    /** Sessions that failed under all policies. */
    public long failure() {
        return policies.stream().mapToLong(PolicyResult::failure).sum();
    }

    /** All failures. */
    public List<Failure> failures() {
        return policies.stream().flatMap(p -> p.failures().stream()).toList();
    }
}
