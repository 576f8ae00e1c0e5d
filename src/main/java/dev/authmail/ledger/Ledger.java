package dev.authmail.ledger;

import dev.authmail.event.EventId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the ledger that is in memory: the newest entries, as many as the window and the limit allow, whichever is
 * smaller. Thread-safe.
 *
 * <p>An entry takes some 105 octets where ids are a source and a UUID: a slot ({@link Chunk}), its id ({@link PackedIds}),
 * and a place in each of two indexes ({@link SlotIndex}), by event and by subject. The subject's leads to the one event of
 * a user and a purpose that takes the place of the others.
 */
public final class Ledger {
    private final Duration window;
    private final int maxEntries;
    private final Clock clock;
    private final PackedIds ids = new PackedIds();
    private final Entries entries = new Entries();
    private final SlotIndex byEvent = new SlotIndex(entries::hash);
    private final SlotIndex latest = new SlotIndex(entries::subjectHash);
    private long forgottenEarly;

    /**
     * Where an event stands.
     *
     * @param state where
     * @param attempt attempts made
     * @param at since when
     * @param replay which replay the last attempt belonged to, if any
     */
    public record Standing(
            LedgerEntry.State state,
            int attempt,
            Instant at,
            @Nullable String replay) {}

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
        int slot = find(event);
        return slot == Entries.NONE
                ? Optional.empty()
                : Optional.of(new Standing(
                        entries.state(slot),
                        entries.attempt(slot),
                        EpochNanos.toInstant(entries.at(slot)),
                        entries.replay(slot)));
    }

    /**
     * Whether another event of the same user and purpose takes the place of this one: it is later by (event time, id) and
     * is waiting or accepted. One that ended otherwise takes no place, so that never both mails die. None takes its own
     * place, whatever a clock that was put back makes of its time.
     */
    public synchronized boolean isSuperseded(String subject, EventId event, Instant eventTime) {
        int other = latest(SubjectHash.of(subject));
        return other != Entries.NONE && other != find(event) && isAfter(other, EpochNanos.of(eventTime), event.value());
    }

    /** Takes in what a record says; what is older than what is known changes nothing. */
    public synchronized void learn(EventId event, LedgerEntry entry) {
        byte[] id = ids.pack(event.value());
        int hash = hash(event);
        int slot = find(id, hash);
        long at = EpochNanos.of(entry.at());
        if (slot == Entries.NONE) {
            slot = entries.add(id, hash);
            byEvent.add(slot);
        } else if (isOlder(entry.attempt(), at, slot)) {
            return;
        } else {
            entries.renew(slot);
        }
        entries.stand(slot, entry.state(), entry.attempt(), at, entry.replay());
        learnSubject(slot, event, entry);
        forget();
    }

    /** By attempt first: the clocks of two replicas differ. */
    private boolean isOlder(int attempt, long at, int slot) {
        return attempt == entries.attempt(slot) ? at < entries.at(slot) : attempt < entries.attempt(slot);
    }

    /** A tombstone: the event is not known any more. */
    public synchronized void forget(EventId event) {
        int slot = find(event);
        if (slot != Entries.NONE) {
            remove(slot);
        }
    }

    /** How many events are known. */
    public synchronized int size() {
        return entries.size();
    }

    /** How many were forgotten within the window since the limit was reached: then a repetition can be mailed twice. */
    public synchronized long forgottenEarly() {
        return forgottenEarly;
    }

    private void learnSubject(int slot, EventId event, LedgerEntry entry) {
        if (entry.subject() == null || entry.eventTime() == null) {
            return;
        }
        dropFromLatest(slot);
        SubjectHash subject = SubjectHash.of(entry.subject());
        long time = EpochNanos.of(entry.eventTime());
        entries.concern(slot, subject, time);
        int known = latest(subject);
        if (entry.state() == LedgerEntry.State.DEAD || known != Entries.NONE && isAfter(known, time, event.value())) {
            return;
        }
        if (known != Entries.NONE) {
            dropFromLatest(known);
        }
        latest.add(slot);
        entries.setLatest(slot, true);
    }

    private void forget() {
        long oldestWanted = EpochNanos.of(clock.instant().minus(window));
        while (entries.size() > 0) {
            boolean tooOld = entries.at(entries.oldest()) < oldestWanted;
            if (!tooOld && entries.size() <= maxEntries) {
                return;
            }
            forgottenEarly += tooOld ? 0 : 1;
            remove(entries.oldest());
        }
    }

    private void remove(int slot) {
        dropFromLatest(slot);
        byEvent.remove(slot);
        entries.remove(slot);
    }

    private void dropFromLatest(int slot) {
        if (entries.isLatest(slot)) {
            latest.remove(slot);
            entries.setLatest(slot, false);
        }
    }

    private int find(EventId event) {
        return find(ids.pack(event.value()), hash(event));
    }

    private int find(byte[] id, int hash) {
        return byEvent.find(hash, slot -> Arrays.equals(entries.id(slot), id));
    }

    private int latest(SubjectHash subject) {
        return latest.find(SubjectHash.hash(subject.high()), slot -> entries.isAbout(slot, subject));
    }

    /** Of the fingerprint, which is cut from a SHA-256: nobody makes ids collide by mere choice. */
    private static int hash(EventId event) {
        return event.fingerprint().hashCode();
    }

    /** The order of events of one user and purpose: by event time, then by id. */
    private boolean isAfter(int slot, long time, String id) {
        long slotTime = entries.eventTime(slot);
        return slotTime > time
                || slotTime == time && ids.unpack(entries.id(slot)).compareTo(id) > 0;
    }
}
