package dev.authmail.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the doctor found at one time.
 *
 * @param at when
 * @param instance the replica that looked: each knows only the addresses that it leaves from itself
 */
public record Examination(Instant at, String instance, List<Finding> findings) {
    public Examination {
        findings = List.copyOf(findings);
    }

    /** The worst of each check, by the check's name. */
    public Map<String, Status> byCheck() {
        Map<String, Status> worst = new TreeMap<>();
        findings.forEach(f -> worst.merge(f.check(), f.status(), Status::worse));
        return worst;
    }

    /** The worst of all; unknown when there was nothing to look at. */
    public Status worst() {
        return findings.stream().map(Finding::status).reduce(Status::worse).orElse(Status.UNKNOWN);
    }
}
