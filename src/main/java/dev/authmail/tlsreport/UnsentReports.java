package dev.authmail.tlsreport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports that have not arrived. They are tried again after one hour, two, four, eight, for at most 24 hours from the first
 * try, and are in memory alone. RFC 8460 §5.5. Thread-safe.
 */
public final class UnsentReports {
    private static final Duration FIRST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST = 1000;

    private final Clock clock;
    private final Map<DueReport, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Instant first, Duration pause, Instant due) {
        static Waiting of(Instant first, Duration pause, Instant now) {
            return new Waiting(first, pause, now.plus(pause));
        }
    }

    /** @param clock tells when one is due again */
    public UnsentReports(Clock clock) {
        this.clock = clock;
    }

    /** Those that are due again. They stay here until it is told what came of them. */
    public synchronized List<DueReport> due() {
        Instant now = clock.instant();
        List<DueReport> due = new ArrayList<>();
        waiting.forEach((report, since) -> {
            if (!since.due().isAfter(now)) {
                due.add(report);
            }
        });
        return due;
    }

    /** It is not tried again. */
    public synchronized void done(DueReport report) {
        waiting.remove(report);
    }

    /** It has not arrived; when it is tried again, if it is: not after a day, nor when too many wait. */
    public synchronized Optional<Instant> failed(DueReport report) {
        Instant now = clock.instant();
        Waiting before = waiting.remove(report);
        Waiting next = before == null
                ? Waiting.of(now, FIRST_PAUSE, now)
                : Waiting.of(before.first(), before.pause().multipliedBy(2), now);
        if (waiting.size() >= MOST || next.due().isAfter(next.first().plus(LONGEST))) {
            return Optional.empty();
        }
        waiting.put(report, next);
        return Optional.of(next.due());
    }
}
