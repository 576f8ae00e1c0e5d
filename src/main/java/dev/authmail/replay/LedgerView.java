package dev.authmail.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.EventFingerprint;
import dev.authmail.event.EventId;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.topics.TopicScan;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the whole ledger topic says of some events, beyond the window that the service has in memory. */
final class LedgerView {
    private final Map<EventFingerprint, LedgerEntry> entries = new HashMap<>();
    private final Map<String, Map<EventFingerprint, Rival>> rivals = new HashMap<>();

    /** An event of the same user and purpose that waits or was accepted. */
    private record Rival(Instant time, String event) {
        boolean isAfter(Instant other, EventId otherEvent) {
            int byTime = time.compareTo(other);
            return byTime > 0 || byTime == 0 && event.compareTo(otherEvent.value()) > 0;
        }
    }

    private LedgerView() {}

    /** @param superseding whether other events of the same users count */
    static LedgerView of(TopicScan scan, String ledger, Set<EventFingerprint> events, boolean superseding) {
        LedgerView view = new LedgerView();
        if (events.isEmpty()) {
            return view;
        }
        read(scan, ledger, (event, entry) -> view.learn(events, event, entry));
        if (superseding) {
            Set<String> subjects = new HashSet<>();
            view.entries.values().stream()
                    .map(LedgerEntry::subject)
                    .filter(Objects::nonNull)
                    .forEach(subjects::add);
            read(scan, ledger, (event, entry) -> view.learnRival(subjects, event, entry));
        }
        return view;
    }

    private static void read(TopicScan scan, String ledger, BiConsumer<EventId, @Nullable LedgerEntry> each) {
        scan.read(ledger, null, record -> {
            byte[] key = record.key();
            byte[] value = record.value();
            if (key != null) {
                each.accept(
                        new EventId(new String(key, UTF_8)),
                        value == null ? null : LedgerEntry.fromJson(value).orElse(null));
            }
        });
    }

    private void learn(Set<EventFingerprint> events, EventId event, @Nullable LedgerEntry entry) {
        EventFingerprint fingerprint = event.fingerprint();
        if (!events.contains(fingerprint)) {
            return;
        }
        if (entry == null) {
            entries.remove(fingerprint);
        } else {
            entries.put(fingerprint, entry);
        }
    }

    private void learnRival(Set<String> subjects, EventId event, @Nullable LedgerEntry entry) {
        String subject = entry == null ? null : entry.subject();
        if (entry == null || subject == null || !subjects.contains(subject)) {
            return;
        }
        Map<EventFingerprint, Rival> others = rivals.computeIfAbsent(subject, s -> new HashMap<>());
        Instant time = entry.eventTime();
        if (entry.state() == LedgerEntry.State.DEAD || time == null) {
            others.remove(event.fingerprint());
        } else {
            others.put(event.fingerprint(), new Rival(time, event.value()));
        }
    }

    /**
     * What keeps an event from being replayed.
     *
     * @param replay the name of the replay that is asked for
     */
    Optional<Hindrance> hindrance(EventFingerprint fingerprint, EventId event, String replay) {
        LedgerEntry entry = entries.get(fingerprint);
        if (entry == null) {
            return Optional.empty();
        }
        return switch (entry.state()) {
            case WAITING -> Optional.of(Hindrance.WAITING);
            case ACCEPTED -> Optional.of(Hindrance.ACCEPTED);
            case DEAD -> {
                if (replay.equals(entry.replay())) {
                    yield Optional.of(Hindrance.REPLAYED);
                }
                yield isSuperseded(entry, event) ? Optional.of(Hindrance.SUPERSEDED) : Optional.empty();
            }
        };
    }

    private boolean isSuperseded(LedgerEntry entry, EventId event) {
        String subject = entry.subject();
        Instant time = entry.eventTime();
        return subject != null
                && time != null
                && rivals.getOrDefault(subject, Map.of()).values().stream()
                        .anyMatch(rival -> rival.isAfter(time, event));
    }
}
