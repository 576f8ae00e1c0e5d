package dev.authmail.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is in flight over all consumers of this process, and says when that is enough. A partition with a backlog
 * may have all there is; when others have records too, each may have its equal share. Thread-safe.
 */
public final class InFlight {
    private final int maxPerPartition;
    private final int maxTotal;
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final Collection<PartitionProgress> partitions = new CopyOnWriteArrayList<>();

    /**
     * @param maxPerPartition records open on one partition at which it is paused; it may be exceeded by one poll
     * @param maxTotal records open in all at which every partition is paused that has its share of them; at twice as many
     *     all are. It may be exceeded by one poll a consumer
     */
    public InFlight(int maxPerPartition, int maxTotal) {
        if (maxPerPartition < 1 || maxTotal < maxPerPartition) {
            throw new IllegalArgumentException("at least one event in flight per partition, and no fewer in all: got "
                    + maxPerPartition + " and " + maxTotal);
        }
        this.maxPerPartition = maxPerPartition;
        this.maxTotal = maxTotal;
    }

    /** How many records are open. */
    public int total() {
        return total.get();
    }

    /** When the longest-open record was handed out. */
    public Optional<Instant> oldest() {
        return partitions.stream().flatMap(p -> p.oldest().stream()).min(Comparator.naturalOrder());
    }

    PartitionProgress assigned() {
        var progress = new PartitionProgress(this);
        partitions.add(progress);
        return progress;
    }

    void released(PartitionProgress progress) {
        progress.drop();
        partitions.remove(progress);
    }

    /** @param first whether it is the only one of its partition */
    void opened(boolean first) {
        total.incrementAndGet();
        if (first) {
            busy.incrementAndGet();
        }
    }

    /** @param last whether its partition has none now */
    void closed(int records, boolean last) {
        total.addAndGet(-records);
        if (last) {
            busy.decrementAndGet();
        }
    }

    /** How many a partition may always have, so that no other keeps it from being read. */
    private int share(int open) {
        int partitions = open == 0 ? busy.get() + 1 : busy.get();
        return Math.max(1, maxTotal / Math.max(1, partitions));
    }

    /**
     * Whether a partition is to be paused: at a limit, and then until half of it is left, so that it does not flutter.
     *
     * @param open records open on the partition
     * @param wasFull whether it is paused for this already
     */
    boolean isFull(int open, boolean wasFull) {
        if (total() >= 2 * maxTotal) {
            return true;
        }
        return wasFull
                ? open > maxPerPartition / 2 || total() > maxTotal / 2 && open > share(open) / 2
                : open >= maxPerPartition || total() >= maxTotal && open >= share(open);
    }
}
