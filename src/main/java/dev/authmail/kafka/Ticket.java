package dev.authmail.kafka;

/** Stands for one record in flight. */
public final class Ticket {
    private final PartitionProgress progress;
    private final long offset;

    Ticket(PartitionProgress progress, long offset) {
        this.progress = progress;
        this.offset = offset;
    }

    /**
     * Whether the record is this member's to deal with. No longer once its partition was taken away and the time to finish
     * is over: then another member reads it again.
     */
    public boolean isOurs() {
        return progress.isOurs();
    }

    /** The record has an outcome that Kafka acknowledged. May be called from any thread, and more than once. */
    public void done() {
        progress.finish(offset);
    }
}
