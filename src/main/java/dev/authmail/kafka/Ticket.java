package dev.authmail.kafka;

/** Stands for one record in flight. */
public final class Ticket {
    private final PartitionProgress progress;
    private final long offset;

    Ticket(PartitionProgress progress, long offset) {
        this.progress = progress;
        this.offset = offset;
    }

    /** The record has an outcome that Kafka acknowledged. May be called from any thread, and more than once. */
    public void done() {
        progress.finish(offset);
    }
}
