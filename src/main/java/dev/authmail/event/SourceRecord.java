package dev.authmail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Kafka record as it came, with everything that is needed to publish it again byte for byte. Immutable. */
public final class SourceRecord {
    private final String topic;
    private final int partition;
    private final long offset;
    private final Instant timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;

    /**
     * @param topic where it was read
     * @param partition its partition
     * @param offset its offset
     * @param timestamp the record's own timestamp
     * @param key the key's octets, or null; copied
     * @param value the value's octets, or null for a tombstone; copied
     * @param headers in the order of the record; names may repeat
     */
    public SourceRecord(
            String topic,
            int partition,
            long offset,
            Instant timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key == null ? null : key.clone();
        this.value = value == null ? null : value.clone();
        this.headers = List.copyOf(headers);
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** The record's own timestamp, as its producer or broker set it. */
    public Instant timestamp() {
        return timestamp;
    }

    /** A copy of the key. */
    public byte @Nullable [] key() {
        return key == null ? null : key.clone();
    }

    /** A copy of the value; null for a tombstone. */
    public byte @Nullable [] value() {
        return value == null ? null : value.clone();
    }

    /** How many octets the value has; 0 for a tombstone. */
    public int valueSize() {
        return value == null ? 0 : value.length;
    }

    /** All headers in the order of the record. */
    public List<Header> headers() {
        return headers;
    }

    /**
     * The last header of that name as UTF-8; null if there is none.
     *
     * @param name compared without regard to case, for producers write {@code Content-Type} too
     */
    public @Nullable String header(String name) {
        return headers.reversed().stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .findFirst()
                .map(Header::text)
                .orElse(null);
    }

    /** Where it stands: {@code topic-partition@offset}. */
    public String position() {
        return topic + "-" + partition + "@" + offset;
    }

    @Override
    public String toString() {
        return position();
    }
}
