package dev.authmail.tlsreport;

import dev.authmail.tlsrpt.ResultType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was seen under one policy of one domain on one day. */
final class PolicyCounts {
    /** More kinds of failures than that are counted in the sum alone. */
    static final int MAX_KINDS = 100;

    private final Map<Kind, Long> failures = new LinkedHashMap<>();
    private long successes;
    private long failed;

    /** Failures that are told as one. */
    record Kind(ResultType type, String host, String address) {}

    void add(SessionVerdict verdict) {
        ResultType failure = verdict.failure();
        if (failure == null) {
            successes++;
            return;
        }
        failed++;
        Kind kind = new Kind(failure, verdict.host(), verdict.address());
        if (failures.size() < MAX_KINDS || failures.containsKey(kind)) {
            failures.merge(kind, 1L, Long::sum);
        }
    }

    long successes() {
        return successes;
    }

    long failed() {
        return failed;
    }

    Map<Kind, Long> failures() {
        return failures;
    }
}
