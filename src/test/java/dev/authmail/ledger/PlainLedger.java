package dev.authmail.ledger;

import dev.authmail.event.EventId;
import dev.authmail.ledger.LedgerEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the ledger promises, with maps and without regard to memory. */
final class PlainLedger {
    private final Duration window;
    private final int maxEntries;
    private final Map<String, LedgerEntry> byAge = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private long forgottenEarly;

    private record Place(Instant time, String id) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::time).thenComparing(Place::id).compare(this, other);
        }
    }

    PlainLedger(Duration window, int maxEntries) {
        this.window = window;
        this.maxEntries = maxEntries;
    }

    Optional<Ledger.Standing> standing(EventId event) {
        return Optional.ofNullable(byAge.get(event.value()))
                .map(e -> new Ledger.Standing(e.state(), e.attempt(), e.at(), e.replay()));
    }

    boolean isSuperseded(String subject, EventId event, Instant time) {
        Place place = places.get(subject);
        return place != null
                && !place.id().equals(event.value())
                && place.compareTo(new Place(time, event.value())) > 0;
    }

    void learn(EventId event, LedgerEntry entry, Instant now) {
        LedgerEntry known = byAge.get(event.value());
        if (known != null
                && Comparator.comparing(LedgerEntry::attempt)
                                .thenComparing(LedgerEntry::at)
                                .compare(entry, known)
                        < 0) {
            return;
        }
        byAge.remove(event.value());
        byAge.put(event.value(), entry);
        if (entry.subject() != null && entry.eventTime() != null) {
            leave(event.value());
            Place place = new Place(entry.eventTime(), event.value());
            if (entry.state() != State.DEAD) {
                places.merge(entry.subject(), place, (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        forgetOld(now);
    }

    void forget(EventId event) {
        byAge.remove(event.value());
        leave(event.value());
    }

    int size() {
        return byAge.size();
    }

    long forgottenEarly() {
        return forgottenEarly;
    }

    private void forgetOld(Instant now) {
        while (!byAge.isEmpty()) {
            var oldest = byAge.entrySet().iterator().next();
            boolean tooOld = oldest.getValue().at().isBefore(now.minus(window));
            if (!tooOld && byAge.size() <= maxEntries) {
                return;
            }
            forgottenEarly += tooOld ? 0 : 1;
            forget(new EventId(oldest.getKey()));
        }
    }

    private void leave(String id) {
        places.values().removeIf(place -> place.id().equals(id));
    }
}
