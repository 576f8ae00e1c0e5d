package dev.authmail.doctor;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this replica found last, and what has changed since it was told. Thread-safe.
 *
 * <p>A change is told once, by the replica that sees it first: what was told stands in the state topic, which all follow
 * ({@code finding/<check>/<subject>}, removed when it is mended). A replica tells only what is new to itself and not told
 * yet, so two that see different things do not contradict each other at every look. What could not be found out changes
 * nothing: what was known before stands.
 */
public final class Findings {
    /** What the keys of findings begin with in the state topic. */
    public static final String KEY_PREFIX = "finding/";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_OCTETS = 4096;

    private final String instance;
    private final BiConsumer<String, byte @Nullable []> state;
    private final Clock clock;
    private final Map<String, Status> seen = new HashMap<>();
    private final Map<String, Status> told = new HashMap<>();
    private @Nullable Examination latest;

    /**
     * @param instance the name of this replica
     * @param state writes a record of the state topic; a null value removes it
     */
    public Findings(String instance, BiConsumer<String, byte @Nullable []> state, Clock clock) {
        this.instance = instance;
        this.state = state;
        this.clock = clock;
    }

    /** The last examination; empty until the first one has ended. */
    public synchronized Optional<Examination> latest() {
        return Optional.ofNullable(latest);
    }

    /** Takes the findings of an examination and returns what is to be told now. */
    public synchronized List<FindingChange> update(List<Finding> findings) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        latest = new Examination(now, instance, findings);
        Map<String, Finding> worst = new LinkedHashMap<>();
        findings.forEach(f -> worst.merge(
                f.check() + "/" + f.subject(), f, (a, b) -> a.status().compareTo(b.status()) >= 0 ? a : b));
        List<FindingChange> changes = new ArrayList<>();
        worst.forEach((thing, finding) ->
                changed(thing, finding).ifPresent(was -> changes.add(new FindingChange(now, instance, was, finding))));
        return changes;
    }

    /** How it was told last, if that is to be told otherwise. */
    private Optional<Status> changed(String thing, Finding finding) {
        Status status = finding.status();
        if (status == Status.UNKNOWN) {
            return Optional.empty();
        }
        Status before = seen.put(thing, status);
        Status last = told.getOrDefault(thing, Status.FINE);
        if (before != null && isSame(before, status) || isSame(last, status)) {
            return Optional.empty();
        }
        tell(thing, status);
        return Optional.of(last);
    }

    /** Advice comes and goes without a word. */
    private static boolean isSame(Status a, Status b) {
        return a == b || a.isGood() && b.isGood();
    }

    private void tell(String thing, Status status) {
        if (status.isGood()) {
            told.remove(thing);
            state.accept(KEY_PREFIX + thing, null);
        } else {
            told.put(thing, status);
            state.accept(
                    KEY_PREFIX + thing,
                    JSON.writeValueAsString(JSON.createObjectNode()
                                    .put("status", status.word())
                                    .put("by", instance))
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Takes a record of the state topic; what is no finding is left to others. */
    public synchronized void learn(String key, byte @Nullable [] value) {
        if (!key.startsWith(KEY_PREFIX)) {
            return;
        }
        String thing = key.substring(KEY_PREFIX.length());
        if (value == null) {
            told.remove(thing);
        } else {
            read(value).ifPresent(status -> told.put(thing, status));
        }
    }

    private static Optional<Status> read(byte[] value) {
        if (value.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            String word = JSON.readTree(value).path("status").asString("");
            return Optional.of(Status.valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (JacksonException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
