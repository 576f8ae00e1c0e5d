package dev.authmail.kafka;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Says from when on a record may be handed out. */
@FunctionalInterface
public interface NotBefore {
    /** Every record is due at once. */
    NotBefore NONE = record -> null;

    /** The moment before which the record stays in its topic, or null when it is due. */
    @Nullable
    Instant of(ConsumerRecord<?, ?> record);
}
