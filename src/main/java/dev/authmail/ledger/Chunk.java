package dev.authmail.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Some hundred slots as columns, 54 octets each:
 *
 * <pre>
 * id             4   where the packed id is (an object of 40 octets for a source and a UUID, 24 for a position)
 * hash           4   of the id
 * state          1
 * attempt        4
 * at             8   nanoseconds since 1970
 * subject       16   as two halves
 * eventTime      8   nanoseconds since 1970
 * isLatest       1   whether it takes the place of others of its subject
 * older, newer   8   the slots before and behind it by age
 * </pre>
 */
final class Chunk {
    static final int SLOTS = 512;
    private static final int NONE = -1;

    final byte[] @Nullable [] id = new byte[SLOTS][];
    final int[] hash = new int[SLOTS];
    final byte[] state = new byte[SLOTS];
    final int[] attempt = new int[SLOTS];
    final long[] at = new long[SLOTS];
    final long[] subjectHigh = new long[SLOTS];
    final long[] subjectLow = new long[SLOTS];
    final long[] eventTime = new long[SLOTS];
    final boolean[] isLatest = new boolean[SLOTS];
    final int[] older = new int[SLOTS];
    final int[] newer = new int[SLOTS]; // of a free place: the next free one

    private int firstFree;
    private int taken;

    Chunk() {
        for (int place = 0; place < SLOTS; place++) {
            newer[place] = place + 1 < SLOTS ? place + 1 : NONE;
        }
    }

    boolean isFull() {
        return taken == SLOTS;
    }

    boolean isEmpty() {
        return taken == 0;
    }

    /** A place that was free; there must be one. */
    int take() {
        int place = firstFree;
        firstFree = newer[place];
        taken++;
        return place;
    }

    void giveBack(int place) {
        id[place] = null;
        newer[place] = firstFree;
        firstFree = place;
        taken--;
    }
}
