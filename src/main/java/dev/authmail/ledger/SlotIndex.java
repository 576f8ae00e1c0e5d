package dev.authmail.ledger;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Finds slots by a hash: open addressing with linear probing in one array of ints. At most three quarters of it are
 * taken; it grows by half, so a slot costs 5.3 to 8 octets. What is left after a removal moves up, so nothing is left
 * behind that a search would have to pass.
 */
final class SlotIndex {
    static final int NONE = -1;
    private static final int FEWEST_PLACES = 16;

    private final IntUnaryOperator hashOf;
    private int[] places = new int[FEWEST_PLACES]; // a slot and one; 0 is free
    private int size;

    /** @param hashOf the hash of a slot that is in the index; all 32 bits should be spread well */
    SlotIndex(IntUnaryOperator hashOf) {
        this.hashOf = hashOf;
    }

    /** The slot with that hash which is the one; {@link #NONE} when there is none. */
    int find(int hash, IntPredicate isTheOne) {
        for (int place = home(hash); places[place] != 0; place = after(place)) {
            int slot = places[place] - 1;
            if (hashOf.applyAsInt(slot) == hash && isTheOne.test(slot)) {
                return slot;
            }
        }
        return NONE;
    }

    /** Takes in a slot that is not in it. */
    void add(int slot) {
        if ((size + 1) * 4L > places.length * 3L) {
            resize(places.length + places.length / 2);
        }
        put(slot);
        size++;
    }

    /** Takes out a slot that is in it. */
    void remove(int slot) {
        int place = home(hashOf.applyAsInt(slot));
        while (places[place] != slot + 1) {
            place = after(place);
        }
        close(place);
        size--;
        if (places.length > FEWEST_PLACES && size * 4L < places.length) {
            resize(Math.max(FEWEST_PLACES, places.length / 2));
        }
    }

    /** Fills a gap with what stands behind it and may stand there, and so on with the gap that this leaves. */
    private void close(int gap) {
        int free = gap;
        for (int place = after(gap); places[place] != 0; place = after(place)) {
            int home = home(hashOf.applyAsInt(places[place] - 1));
            if (distance(home, place) >= distance(free, place)) {
                places[free] = places[place];
                free = place;
            }
        }
        places[free] = 0;
    }

    private void resize(int length) {
        int[] before = places;
        places = new int[length];
        for (int taken : before) {
            if (taken != 0) {
                put(taken - 1);
            }
        }
    }

    private void put(int slot) {
        int place = home(hashOf.applyAsInt(slot));
        while (places[place] != 0) {
            place = after(place);
        }
        places[place] = slot + 1;
    }

    /** Scales a hash to the length, which need not be a power of two. */
    private int home(int hash) {
        return (int) (Integer.toUnsignedLong(hash) * places.length >>> Integer.SIZE);
    }

    private int after(int place) {
        return place + 1 == places.length ? 0 : place + 1;
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + places.length;
    }
}
