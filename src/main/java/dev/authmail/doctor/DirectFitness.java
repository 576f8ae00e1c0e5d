package dev.authmail.doctor;

import dev.authmail.delivery.DirectHealth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the findings let mail go directly: unfit while a check of what providers demand fails; fit once all of them are
 * known and none fails. What could not be found out later closes nothing that is open and opens nothing that is closed.
 * Thread-safe.
 */
public final class DirectFitness implements DirectHealth {
    /** What providers demand of who connects to them; the relay and the domain's own mail hosts are not their business. */
    private static final Set<String> DEMANDED =
            Set.of("ptr", "domain", "spf", "dkim", "dmarc", "blocklist", "address", "port-25");
    /** A list that does not answer lists nobody. */
    private static final Set<String> MAY_STAY_UNKNOWN = Set.of("blocklist");

    private final Map<String, Finding> failing = new HashMap<>();
    private Verdict verdict = new Verdict.Unknown();

    @Override
    public synchronized Verdict verdict() {
        return verdict;
    }

    /** Takes the findings of an examination. */
    public synchronized void update(List<Finding> findings) {
        List<Finding> demanded =
                findings.stream().filter(f -> DEMANDED.contains(f.check())).toList();
        Map<String, Status> worst = new HashMap<>();
        demanded.forEach(f -> worst.merge(thing(f), f.status(), Status::worse));
        // Things that are no longer looked at, such as an address that is no longer ours, hold nothing up.
        failing.keySet().retainAll(worst.keySet());
        failing.keySet().removeIf(thing -> worst.get(thing) != Status.UNKNOWN);
        demanded.stream().filter(f -> f.status() == Status.FAILURE).forEach(f -> failing.put(thing(f), f));
        Optional<Finding> cause = failing.values().stream().findFirst();
        if (cause.isPresent()) {
            verdict = new Verdict.Unfit(cause.get().check() + " " + cause.get().subject() + ": "
                    + cause.get().found());
        } else if (!(verdict instanceof Verdict.Fit)) {
            verdict = isKnown(demanded) ? new Verdict.Fit() : new Verdict.Unknown();
        }
    }

    private static String thing(Finding finding) {
        return finding.check() + "/" + finding.subject();
    }

    private static boolean isKnown(List<Finding> demanded) {
        return !demanded.isEmpty()
                && demanded.stream()
                        .noneMatch(f -> f.status() == Status.UNKNOWN && !MAY_STAY_UNKNOWN.contains(f.check()));
    }
}
