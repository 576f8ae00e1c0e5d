package dev.authmail.replay;

import dev.authmail.delivery.Reason;
import dev.authmail.event.EventFingerprint;
import dev.authmail.event.EventId;
import dev.authmail.event.EventReader;
import dev.authmail.event.EventReading;
import dev.authmail.event.SourceRecord;
import dev.authmail.replay.ReplayPlan.Position;
import dev.authmail.topics.TopicScan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dead letters and the ledger, and says what a replay would do. Of several dead letters of one event only the
 * newest counts. Memory grows with the number of events that have a dead letter, some 200 octets each; values are not
 * kept.
 */
public final class ReplayPlanner {
    private static final String UNREADABLE = "(unreadable)";

    private final TopicScan scan;
    private final String deadLetters;
    private final String ledger;
    private final EventReader reader;
    private final boolean superseding;
    private final Set<String> adapters;

    /**
     * @param scan reads topics
     * @param deadLetters topic of the dead letters
     * @param ledger topic of the ledger
     * @param reader tells the recipient's domain
     * @param superseding whether a newer event takes the place of an older one
     * @param adapters where adapters take events of other systems, which cannot be replayed
     */
    public ReplayPlanner(
            TopicScan scan,
            String deadLetters,
            String ledger,
            EventReader reader,
            boolean superseding,
            Set<String> adapters) {
        this.scan = scan;
        this.deadLetters = deadLetters;
        this.ledger = ledger;
        this.reader = reader;
        this.superseding = superseding;
        this.adapters = Set.copyOf(adapters);
    }

    /** The newest dead letter of one event; without a hindrance and a reason it is not one of those that are meant. */
    private record Newest(
            EventId event,
            Position position,
            Instant at,
            boolean selected,
            @Nullable Hindrance hindrance,
            @Nullable Reason reason,
            String domain) {
        boolean isBefore(DeadLetter letter) {
            int byTime = at.compareTo(letter.at());
            return byTime < 0
                    || byTime == 0 && position.offset() < letter.position().offset();
        }
    }

    /**
     * Makes the plan.
     *
     * @param again tells a further replay of the same letters from the first; null for the first
     */
    public ReplayPlan plan(Selection selection, @Nullable String again) {
        Reading reading = new Reading(selection);
        scan.read(deadLetters, selection.since(), reading::take);
        Map<EventFingerprint, Newest> candidates = reading.candidates();
        LedgerView view = LedgerView.of(scan, ledger, candidates.keySet(), superseding);
        candidates.forEach((fingerprint, letter) -> {
            String id = ReplayId.of(deadLetters, letter.position(), again);
            Optional<Hindrance> hindrance = view.hindrance(fingerprint, letter.event(), id);
            hindrance.ifPresentOrElse(reading::hinder, () -> reading.go(letter));
        });
        return reading.plan();
    }

    private final class Reading {
        private final Selection selection;
        private final Map<EventFingerprint, Newest> newest = new HashMap<>();
        private final Map<Hindrance, Integer> hindered = new EnumMap<>(Hindrance.class);
        private final Map<Reason, Integer> byReason = new EnumMap<>(Reason.class);
        private final Map<String, Integer> byDomain = new TreeMap<>();
        private final Set<Position> letters = new HashSet<>();
        private int read;
        private int selected;

        Reading(Selection selection) {
            this.selection = selection;
        }

        void take(SourceRecord record) {
            DeadLetter letter = DeadLetter.of(record);
            boolean isMeant = selection.takes(letter);
            read++;
            selected += isMeant ? 1 : 0;
            EventId event = letter.event();
            if (event == null) {
                if (isMeant) {
                    hinder(Hindrance.FOREIGN);
                }
                return;
            }
            Newest known = newest.get(event.fingerprint());
            if (known != null && !known.isBefore(letter)) {
                hinderOlder(isMeant);
                return;
            }
            hinderOlder(known != null && known.selected());
            newest.put(event.fingerprint(), newest(event, letter, isMeant, record));
        }

        private Newest newest(EventId event, DeadLetter letter, boolean isMeant, SourceRecord record) {
            Hindrance hindrance = letter.hindrance(selection, adapters).orElse(null);
            String domain = isMeant && hindrance == null ? domain(record, event) : "";
            return new Newest(event, letter.position(), letter.at(), isMeant, hindrance, letter.reason(), domain);
        }

        /** Those that go unless the ledger says otherwise. */
        Map<EventFingerprint, Newest> candidates() {
            Map<EventFingerprint, Newest> candidates = new HashMap<>();
            newest.forEach((fingerprint, letter) -> {
                if (letter.selected() && letter.hindrance() != null) {
                    hinder(letter.hindrance());
                } else if (letter.selected()) {
                    candidates.put(fingerprint, letter);
                }
            });
            newest.clear();
            return candidates;
        }

        private void hinderOlder(boolean isMeant) {
            if (isMeant) {
                hinder(Hindrance.OLDER);
            }
        }

        void hinder(Hindrance why) {
            hindered.merge(why, 1, Integer::sum);
        }

        void go(Newest letter) {
            letters.add(letter.position());
            byDomain.merge(letter.domain(), 1, Integer::sum);
            if (letter.reason() != null) {
                byReason.merge(letter.reason(), 1, Integer::sum);
            }
        }

        ReplayPlan plan() {
            return new ReplayPlan(read, selected, byReason, byDomain, hindered, letters);
        }
    }

    private String domain(SourceRecord record, EventId event) {
        return switch (reader.read(record, event)) {
            case EventReading.Read read -> read.event().email().domain().ascii();
            case EventReading.Refused refused -> UNREADABLE;
        };
    }
}
