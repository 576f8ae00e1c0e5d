package dev.authmail.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examines again and again: what was fine is believed for a time, what was not is looked at each time, so that a mend is
 * seen soon and others' servers are not asked more than needed. For one thread at a time.
 */
public final class RepeatedExamination {
    private final Doctor doctor;
    private final Duration believed;
    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();
    private Set<String> before = Set.of();

    private record Known(Instant until, List<Finding> findings) {}

    /** @param believed how long what was fine is not looked at again */
    public RepeatedExamination(Doctor doctor, Duration believed, Clock clock) {
        this.doctor = doctor;
        this.believed = believed;
        this.clock = clock;
    }

    /** Findings of these checks, of now or from before. */
    public List<Finding> examine(List<Check> checks) {
        Instant now = clock.instant();
        known.values().removeIf(k -> !now.isBefore(k.until()));
        Set<String> things = checks.stream().map(RepeatedExamination::key).collect(Collectors.toSet());
        if (!things.equals(before)) {
            // Another address, for instance: then what was fine for the old one, such as SPF, says nothing of this one.
            known.clear();
            before = things;
        }
        List<Check> due =
                checks.stream().filter(c -> !known.containsKey(key(c))).toList();
        List<List<Finding>> found = doctor.examineEach(due, check -> {});
        Map<String, List<Finding>> fresh = new HashMap<>();
        for (int i = 0; i < due.size(); i++) {
            String key = key(due.get(i));
            fresh.put(key, found.get(i));
            if (found.get(i).stream().allMatch(f -> f.status().isGood())) {
                known.put(key, new Known(now.plus(believed), found.get(i)));
            }
        }
        return checks.stream().flatMap(c -> findings(key(c), fresh)).toList();
    }

    private Stream<Finding> findings(String key, Map<String, List<Finding>> fresh) {
        List<Finding> now = fresh.get(key);
        if (now != null) {
            return now.stream();
        }
        Known believedStill = known.get(key);
        return believedStill == null ? Stream.empty() : believedStill.findings().stream();
    }

    private static String key(Check check) {
        return check.name() + "/" + check.subject();
    }
}
