package dev.authmail.kafka;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What is open on one partition since it was assigned. A partition that comes back gets a new one, so that what finishes
 * late for the old assignment changes nothing. Thread-safe.
 */
final class PartitionProgress {
    private static final long NOTHING = -1;

    private final InFlight inFlight;
    private final TreeMap<Long, Instant> open = new TreeMap<>();
    private long next = NOTHING;
    private long committed = NOTHING;
    private boolean withdrawn;
    private boolean dropped;

    PartitionProgress(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** A record was handed out; one that is open already is counted once. */
    synchronized void begin(long offset, Instant now) {
        if (offset < committed) {
            committed = NOTHING; // The log was cut or made anew: what was committed there means nothing any more.
        }
        boolean first = open.isEmpty();
        if (open.put(offset, now) == null) {
            inFlight.opened(first);
        }
        next = offset + 1;
    }

    /** A record is done; a second time, or after the partition was taken away, nothing happens. */
    synchronized void finish(long offset) {
        if (open.remove(offset) != null && !dropped) {
            inFlight.closed(1, open.isEmpty());
            notifyAll();
        }
    }

    /** The offset to commit: the lowest open one, or the next to come; empty when that is committed already. */
    synchronized OptionalLong committable() {
        long ready = open.isEmpty() ? next : open.firstKey();
        return ready > committed ? OptionalLong.of(ready) : OptionalLong.empty();
    }

    /** The broker has this offset. */
    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** Whether the record was handed out since the assignment, so that reading it again would repeat it. */
    synchronized boolean handedOut(long offset) {
        return next != NOTHING && offset < next;
    }

    /** How many records are open. */
    synchronized int openCount() {
        return open.size();
    }

    /** When the longest-open record was handed out. */
    synchronized Optional<Instant> oldest() {
        return open.values().stream().min(Instant::compareTo);
    }

    /** Whether what is open may still be dealt with here. */
    synchronized boolean isOurs() {
        return !withdrawn;
    }

    /** The time to finish is over: what is done from now on still counts, but nothing is to be begun. */
    synchronized void withdraw() {
        withdrawn = true;
    }

    /** Waits until nothing is open, at most so long. */
    synchronized void awaitNothingOpen(long nanos) throws InterruptedException {
        long limit = System.nanoTime() + nanos;
        for (long left = nanos; !open.isEmpty() && left > 0; left = limit - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** The partition is gone: what is open belongs to another member now. */
    synchronized void drop() {
        withdrawn = true;
        if (!dropped) {
            dropped = true;
            inFlight.closed(open.size(), !open.isEmpty());
        }
    }
}
