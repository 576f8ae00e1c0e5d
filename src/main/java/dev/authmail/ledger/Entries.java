package dev.authmail.ledger;

import dev.authmail.ledger.LedgerEntry.State;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the ledger, each in a numbered slot, in the order in which they were learned. The slots are columns of
 * {@link Chunk}s, which come and go with what they hold: growing copies nothing, and a quiet night gives memory back.
 */
final class Entries {
    static final int NONE = SlotIndex.NONE;
    private static final State[] STATES = State.values();

    private final List<@Nullable Chunk> chunks = new ArrayList<>();
    private final BitSet full = new BitSet();
    private final Map<Integer, String> replays = new HashMap<>(); // few have one
    private int oldest = NONE;
    private int newest = NONE;
    private int size;

    /** Takes a slot for an event, the newest now; where it stands must be told then. */
    int add(byte[] id, int hash) {
        int number = full.nextClearBit(0);
        Chunk chunk = chunk(number);
        int place = chunk.take();
        full.set(number, chunk.isFull());
        chunk.id[place] = id;
        chunk.hash[place] = hash;
        int slot = number * Chunk.SLOTS + place;
        append(slot);
        size++;
        return slot;
    }

    private Chunk chunk(int number) {
        if (number == chunks.size()) {
            chunks.add(null);
        }
        Chunk chunk = chunks.get(number);
        if (chunk == null) {
            chunk = new Chunk();
            chunks.set(number, chunk);
        }
        return chunk;
    }

    /** Gives its slot back. */
    void remove(int slot) {
        unlink(slot);
        replays.remove(slot);
        Chunk chunk = of(slot);
        chunk.giveBack(place(slot));
        full.clear(slot / Chunk.SLOTS);
        if (chunk.isEmpty()) {
            chunks.set(slot / Chunk.SLOTS, null);
        }
        size--;
    }

    /** Makes it the newest. */
    void renew(int slot) {
        unlink(slot);
        append(slot);
    }

    /** Says where it stands since a moment. */
    void stand(int slot, State state, int attempt, long at, @Nullable String replay) {
        Chunk chunk = of(slot);
        chunk.state[place(slot)] = (byte) state.ordinal();
        chunk.attempt[place(slot)] = attempt;
        chunk.at[place(slot)] = at;
        if (replay != null) {
            replays.put(slot, replay);
        } else {
            replays.remove(slot);
        }
    }

    /** Says whom and what it is about. */
    void concern(int slot, SubjectHash subject, long eventTime) {
        Chunk chunk = of(slot);
        chunk.subjectHigh[place(slot)] = subject.high();
        chunk.subjectLow[place(slot)] = subject.low();
        chunk.eventTime[place(slot)] = eventTime;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** The one that was learned first; {@link #NONE} when there is none. */
    int oldest() {
        return oldest;
    }

    byte[] id(int slot) {
        return Objects.requireNonNull(of(slot).id[place(slot)]);
    }

    int hash(int slot) {
        return of(slot).hash[place(slot)];
    }

    State state(int slot) {
        return STATES[of(slot).state[place(slot)]];
    }

    int attempt(int slot) {
        return of(slot).attempt[place(slot)];
    }

    long at(int slot) {
        return of(slot).at[place(slot)];
    }

    @Nullable
    String replay(int slot) {
        return replays.get(slot);
    }

    boolean isAbout(int slot, SubjectHash subject) {
        Chunk chunk = of(slot);
        return chunk.subjectHigh[place(slot)] == subject.high() && chunk.subjectLow[place(slot)] == subject.low();
    }

    /** The hash of its subject; only where one was told. */
    int subjectHash(int slot) {
        return SubjectHash.hash(of(slot).subjectHigh[place(slot)]);
    }

    /** Its event time; only where a subject was told. */
    long eventTime(int slot) {
        return of(slot).eventTime[place(slot)];
    }

    /** Whether it takes the place of others of its subject. */
    boolean isLatest(int slot) {
        return of(slot).isLatest[place(slot)];
    }

    void setLatest(int slot, boolean isLatest) {
        of(slot).isLatest[place(slot)] = isLatest;
    }

    private void append(int slot) {
        int before = newest;
        setNewer(before, slot);
        setOlder(slot, before);
        setNewer(slot, NONE);
        newest = slot;
    }

    private void unlink(int slot) {
        int before = of(slot).older[place(slot)];
        int behind = of(slot).newer[place(slot)];
        setNewer(before, behind);
        setOlder(behind, before);
    }

    private void setNewer(int slot, int behind) {
        if (slot == NONE) {
            oldest = behind;
        } else {
            of(slot).newer[place(slot)] = behind;
        }
    }

    private void setOlder(int slot, int before) {
        if (slot == NONE) {
            newest = before;
        } else {
            of(slot).older[place(slot)] = before;
        }
    }

    private Chunk of(int slot) {
        return Objects.requireNonNull(chunks.get(slot / Chunk.SLOTS));
    }

    private static int place(int slot) {
        return slot % Chunk.SLOTS;
    }
}
