package dev.authmail.ledger;

import dev.authmail.event.EventFingerprint;
import dev.authmail.event.EventId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the ledger that is in memory: the newest entries, as many as the window and the limit allow, whichever is
 * smaller. Events are held by fingerprint, so an entry costs the same whatever its id. Thread-safe.
 */
public final class Ledger {
    private final Duration window;
    private final int maxEntries;
    private final Clock clock;
    private final Map<EventFingerprint, Standing> standings = new LinkedHashMap<>();
    private final Map<String, Latest> latest = new HashMap<>();
    private long forgottenEarly;

    /**
     * Where an event stands.
     *
     * @param state where
     * @param attempt attempts made
     * @param at since when
     * @param subject hash of user and purpose, if known
     * @param replay which replay the last attempt belonged to, if any
     */
    public record Standing(
            LedgerEntry.State state,
            int attempt,
            Instant at,
            @Nullable String subject,
            @Nullable String replay) {}

    private record Latest(EventFingerprint event, String eventId, Instant eventTime) {
        /** The order of events of one user and purpose: by event time, then by id. */
        boolean isAfter(Instant time, String id) {
            int byTime = eventTime.compareTo(time);
            return byTime > 0 || byTime == 0 && eventId.compareTo(id) > 0;
        }
    }

    /**
     * @param window how long an event is known
     * @param maxEntries how many events are known at most
     * @param clock tells what is older than the window
     */
    public Ledger(Duration window, int maxEntries, Clock clock) {
        if (window.isNegative() || window.isZero() || maxEntries < 1) {
            throw new IllegalArgumentException("the ledger has a window of " + window + " and " + maxEntries
                    + " entries; both must be above zero");
        }
        this.window = window;
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    /** Where an event stands, if the window reaches that far. */
    public synchronized Optional<Standing> standing(EventId event) {
        return Optional.ofNullable(standings.get(event.fingerprint()));
    }

    /**
     * Whether another event of the same user and purpose takes the place of this one: it is later by (event time, id) and
     * is waiting or accepted. One that ended otherwise takes no place, so that never both mails die. None takes its own
     * place, whatever a clock that was put back makes of its time.
     */
    public synchronized boolean isSuperseded(String subject, EventId event, Instant eventTime) {
        Latest other = latest.get(subject);
        return other != null && !other.event().equals(event.fingerprint()) && other.isAfter(eventTime, event.value());
    }

    /** Takes in what a record says; what is older than what is known changes nothing. */
    public synchronized void learn(EventId event, LedgerEntry entry) {
        EventFingerprint fingerprint = event.fingerprint();
        Standing known = standings.get(fingerprint);
        if (known != null && isOlder(entry, known)) {
            return;
        }
        standings.remove(fingerprint); // to stand last
        standings.put(
                fingerprint, new Standing(entry.state(), entry.attempt(), entry.at(), entry.subject(), entry.replay()));
        learnSubject(fingerprint, event, entry);
        forget();
    }

    /** By attempt first: the clocks of two replicas differ. */
    private static boolean isOlder(LedgerEntry entry, Standing known) {
        return entry.attempt() == known.attempt() ? entry.at().isBefore(known.at()) : entry.attempt() < known.attempt();
    }

    /** A tombstone: the event is not known any more. */
    public synchronized void forget(EventId event) {
        remove(event.fingerprint(), standings.remove(event.fingerprint()));
    }

    /** How many events are known. */
    public synchronized int size() {
        return standings.size();
    }

    /** How many were forgotten within the window since the limit was reached: then a repetition can be mailed twice. */
    public synchronized long forgottenEarly() {
        return forgottenEarly;
    }

    private void learnSubject(EventFingerprint fingerprint, EventId event, LedgerEntry entry) {
        String subject = entry.subject();
        Instant time = entry.eventTime();
        if (subject == null || time == null) {
            return;
        }
        Latest known = latest.get(subject);
        boolean same = known != null && known.event().equals(fingerprint);
        if (entry.state() == LedgerEntry.State.DEAD) {
            if (same) {
                latest.remove(subject);
            }
        } else if (known == null || same || !known.isAfter(time, event.value())) {
            latest.put(subject, new Latest(fingerprint, event.value(), time));
        }
    }

    private void forget() {
        Instant oldest = clock.instant().minus(window);
        Iterator<Map.Entry<EventFingerprint, Standing>> entries =
                standings.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<EventFingerprint, Standing> first = entries.next();
            boolean tooOld = first.getValue().at().isBefore(oldest);
            if (!tooOld && standings.size() <= maxEntries) {
                return;
            }
            forgottenEarly += tooOld ? 0 : 1;
            entries.remove();
            remove(first.getKey(), first.getValue());
        }
    }

    private void remove(EventFingerprint fingerprint, @Nullable Standing standing) {
        String subject = standing == null ? null : standing.subject();
        if (subject != null) {
            latest.computeIfPresent(subject, (s, l) -> l.event().equals(fingerprint) ? null : l);
        }
    }
}
