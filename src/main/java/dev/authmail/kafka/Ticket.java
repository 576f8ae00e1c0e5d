package dev.authmail.kafka;

import org.jspecify.annotations.Nullable;

/** Stands for one record in flight. */
public final class Ticket {
    /** For what did not come from Kafka, so that nothing is committed. */
    public static final Ticket NONE = new Ticket(null, 0);

    private final @Nullable PartitionProgress progress;
    private final long offset;

    Ticket(@Nullable PartitionProgress progress, long offset) {
        this.progress = progress;
        this.offset = offset;
    }

    /**
     * Whether the record is this member's to deal with. No longer once its partition was taken away and the time to finish
     * is over: then another member reads it again.
     */
    public boolean isOurs() {
        return progress == null || progress.isOurs();
    }

    /** The record has an outcome that Kafka acknowledged. May be called from any thread, and more than once. */
    public void done() {
        if (progress != null) {
            progress.finish(offset);
        }
    }
}
