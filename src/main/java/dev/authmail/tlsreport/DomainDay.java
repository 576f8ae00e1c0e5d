package dev.authmail.tlsreport;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen of one domain on one day, UTC.
 *
 * @param policies by the policy that applied
 */
record DomainDay(LocalDate day, String domain, Map<AppliedPolicy, PolicyCounts> policies) {
    /** A domain that changes its policy more often on a day is told of the first ones. */
    static final int MAX_POLICIES = 8;

    DomainDay(LocalDate day, String domain) {
        this(day, domain, new LinkedHashMap<>());
    }

    void add(SessionVerdict verdict) {
        PolicyCounts counts = policies.get(verdict.policy());
        if (counts == null && policies.size() < MAX_POLICIES) {
            counts = new PolicyCounts();
            policies.put(verdict.policy(), counts);
        }
        if (counts != null) {
            counts.add(verdict);
        }
    }
}
