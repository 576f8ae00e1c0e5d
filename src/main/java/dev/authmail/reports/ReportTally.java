package dev.authmail.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reports of the last month, as they stand on the reports topic: which came already, and what they say of the next step
 * of a DMARC policy. Thread-safe.
 */
public final class ReportTally {
    /** How long a report is known. */
    public static final Duration MONTH = Duration.ofDays(31);

    private static final int MOST_REPORTS = 20_000;
    private static final int MOST_ROWS = 200_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(Instant since, Optional<AggregateReport> report) {
        int rows() {
            return report.map(r -> r.rows().size()).orElse(0);
        }
    }

    /** @param clock tells what is older than a month */
    public ReportTally(Clock clock) {
        this.clock = clock;
    }

    /** Whether a report came already. */
    public synchronized boolean knows(String identity) {
        return known.containsKey(identity);
    }

    /** Takes a record of the reports topic: its key is the report's identity. */
    public synchronized void learn(String identity, byte @Nullable [] value) {
        Instant now = clock.instant();
        known.values().removeIf(k -> k.since().plus(MONTH).isBefore(now));
        if (value == null || known.containsKey(identity) || known.size() >= MOST_REPORTS) {
            return;
        }
        try {
            Known next = new Known(now, ReportJson.aggregate(JSON.readTree(value)));
            boolean room =
                    next.rows() + known.values().stream().mapToInt(Known::rows).sum() <= MOST_ROWS;
            known.put(identity, room ? next : new Known(now, Optional.empty()));
        } catch (JacksonException notOurs) {
            // Whoever wrote that, it is no report.
        }
    }

    /** How far each domain is on the road none, quarantine, reject. */
    public List<PolicyAdvice> advice() {
        List<Known> all;
        synchronized (this) {
            all = new ArrayList<>(known.values());
        }
        SourceSummary.Collector sources = new SourceSummary.Collector();
        all.forEach(k -> k.report().ifPresent(sources::add));
        return sources.advice();
    }
}
