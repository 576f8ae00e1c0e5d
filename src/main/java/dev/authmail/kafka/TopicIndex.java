package dev.authmail.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest record of a compacted topic by sixteen octets that stand for its key, where the key itself is not known.
 * It is filled when it is first asked, from the moment asked for, and reads on with each question; it holds where a record
 * is and not the record. Thread-safe; questions wait for each other. A broker that does not answer is a {@code
 * KafkaException}.
 */
public final class TopicIndex implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, Object> client;
    private final String topic;
    private final Function<String, Optional<byte[]>> digest;
    private final int maxEntries;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private Positions young;
    private @Nullable Positions old;
    private boolean forgot;
    private @Nullable Instant from;
    private @Nullable KafkaConsumer<byte[], byte[]> tail;
    private @Nullable KafkaConsumer<byte[], byte[]> point;

    /**
     * A record that was found.
     *
     * @param key as UTF-8
     * @param value its octets
     */
    public record Found(String key, byte[] value) {}

    /**
     * @param client properties of a Kafka client
     * @param topic that is looked into
     * @param digest sixteen octets that stand for a key; empty for a key that is none of ours
     * @param maxEntries how many records are known at most, at 40 octets; those before them are found by reading the topic
     */
    public TopicIndex(
            Map<String, Object> client, String topic, Function<String, Optional<byte[]>> digest, int maxEntries) {
        this.client = new HashMap<>(client);
        this.client.put("enable.auto.commit", "false");
        this.client.put("auto.offset.reset", "earliest");
        this.client.put("isolation.level", "read_committed");
        this.client.put("allow.auto.create.topics", "false");
        this.topic = topic;
        this.digest = digest;
        this.maxEntries = maxEntries;
        this.young = new Positions(maxEntries / 2);
    }

    /**
     * The newest record whose key these octets stand for; empty when there is none, or a tombstone.
     *
     * @param wanted sixteen octets
     * @param since it was written at this moment or later
     */
    public synchronized Optional<Found> find(byte[] wanted, Instant since) {
        KafkaConsumer<byte[], byte[]> reader = tail();
        if (from == null
                || since.isBefore(from)
                || next.size() != partitions(reader).size()) {
            begin(reader, since);
        }
        readOn(reader);
        long where = position(wanted);
        if (where != Positions.NONE) {
            return fetch(where).filter(found -> stands(found.key(), wanted));
        }
        return forgot ? search(wanted, since) : Optional.empty();
    }

    private long position(byte[] wanted) {
        long where = young.get(wanted);
        Positions before = old;
        return where == Positions.NONE && before != null ? before.get(wanted) : where;
    }

    private void begin(KafkaConsumer<byte[], byte[]> reader, Instant since) {
        young = new Positions(maxEntries / 2);
        old = null;
        forgot = false;
        next.clear();
        next.putAll(offsets(reader, since));
        reader.assign(next.keySet());
        next.forEach(reader::seek);
        from = since;
    }

    private Map<TopicPartition, Long> offsets(KafkaConsumer<byte[], byte[]> reader, Instant since) {
        List<TopicPartition> partitions = partitions(reader);
        Map<TopicPartition, Long> begin = new HashMap<>(reader.endOffsets(partitions));
        Map<TopicPartition, OffsetAndTimestamp> young = reader.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(p -> p, p -> since.toEpochMilli())));
        young.forEach((partition, offset) -> {
            if (offset != null) {
                begin.put(partition, offset.offset());
            }
        });
        return begin;
    }

    private void readOn(KafkaConsumer<byte[], byte[]> reader) {
        Map<TopicPartition, Long> ends = reader.endOffsets(next.keySet());
        long lastCame = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            records.forEach(this::note);
            lastCame = patience(lastCame, records.isEmpty());
        }
    }

    private long patience(long lastCame, boolean nothing) {
        long now = System.nanoTime();
        if (nothing && now - lastCame > PATIENCE.toNanos()) {
            throw new TimeoutException("nothing came from " + topic + " in " + PATIENCE);
        }
        return nothing ? lastCame : now;
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        String key = key(record);
        Optional<byte[]> octets = key == null ? Optional.empty() : digest.apply(key);
        if (octets.isEmpty()) {
            return;
        }
        if (young.isFull()) {
            forgot |= old != null;
            old = young;
            young = new Positions(maxEntries / 2);
        }
        young.put(octets.get(), Positions.of(record.partition(), record.offset()));
    }

    private Optional<Found> fetch(long where) {
        KafkaConsumer<byte[], byte[]> reader = point();
        TopicPartition partition = new TopicPartition(topic, Positions.partition(where));
        reader.assign(List.of(partition));
        reader.seek(partition, Positions.offset(where));
        long began = System.nanoTime();
        while (true) {
            List<ConsumerRecord<byte[], byte[]>> records = reader.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                ConsumerRecord<byte[], byte[]> record = records.getFirst();
                return record.offset() == Positions.offset(where) ? found(record) : Optional.empty();
            }
            patience(began, true);
        }
    }

    /** Reads the topic itself: slow, and only for what the index had to forget. */
    private Optional<Found> search(byte[] wanted, Instant since) {
        KafkaConsumer<byte[], byte[]> reader = point();
        Map<TopicPartition, Long> begin = offsets(reader, since);
        Map<TopicPartition, Long> ends = reader.endOffsets(begin.keySet());
        reader.assign(begin.keySet());
        begin.forEach(reader::seek);
        long lastCame = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                String key = key(record);
                if (key != null && stands(key, wanted)) {
                    return found(record);
                }
            }
            lastCame = patience(lastCame, records.isEmpty());
        }
        return Optional.empty();
    }

    private boolean stands(String key, byte[] wanted) {
        return digest.apply(key).filter(octets -> Arrays.equals(octets, wanted)).isPresent();
    }

    private static Optional<Found> found(ConsumerRecord<byte[], byte[]> record) {
        String key = key(record);
        byte[] value = record.value();
        return key == null || value == null ? Optional.empty() : Optional.of(new Found(key, value));
    }

    private static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reader) {
        return reader.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> tail() {
        KafkaConsumer<byte[], byte[]> known = tail;
        if (known == null) {
            known = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            tail = known;
        }
        return known;
    }

    /** Fetches single records: what comes behind them is not wanted. */
    private KafkaConsumer<byte[], byte[]> point() {
        KafkaConsumer<byte[], byte[]> known = point;
        if (known == null) {
            Map<String, Object> few = new HashMap<>(client);
            few.put("max.partition.fetch.bytes", 16 * 1024);
            known = new KafkaConsumer<>(few, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            point = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        for (KafkaConsumer<byte[], byte[]> consumer : Arrays.asList(tail, point)) {
            if (consumer != null) {
                consumer.close();
            }
        }
    }

    /** Sixteen octets to a partition and an offset, in arrays: open addressing, grown by doubling. */
    private static final class Positions {
        static final long NONE = -1;
        private static final int PARTITION_SHIFT = 48;
        private static final int FIRST_SLOTS = 1024;

        private final int max;
        private int size;
        private long[] high = new long[FIRST_SLOTS];
        private long[] low = new long[FIRST_SLOTS];
        private long[] where = filled(FIRST_SLOTS);

        Positions(int max) {
            this.max = Math.max(1, max);
        }

        static long of(int partition, long offset) {
            return (long) partition << PARTITION_SHIFT | offset;
        }

        static int partition(long where) {
            return (int) (where >>> PARTITION_SHIFT);
        }

        static long offset(long where) {
            return where & (1L << PARTITION_SHIFT) - 1;
        }

        boolean isFull() {
            return size >= max;
        }

        long get(byte[] octets) {
            ByteBuffer key = ByteBuffer.wrap(octets);
            return where[slot(key.getLong(0), key.getLong(8))];
        }

        void put(byte[] octets, long position) {
            if (size * 2 >= where.length) {
                grow();
            }
            ByteBuffer key = ByteBuffer.wrap(octets);
            put(key.getLong(0), key.getLong(8), position);
        }

        private void put(long first, long second, long position) {
            int slot = slot(first, second);
            if (where[slot] == NONE) {
                size++;
            }
            high[slot] = first;
            low[slot] = second;
            where[slot] = position;
        }

        /** Where it stands, or where it would. The octets are a hash: the first of them spread well enough. */
        private int slot(long first, long second) {
            int mask = where.length - 1;
            int slot = (int) first & mask;
            while (where[slot] != NONE && (high[slot] != first || low[slot] != second)) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldHigh = high;
            long[] oldLow = low;
            long[] oldWhere = where;
            high = new long[oldHigh.length * 2];
            low = new long[oldLow.length * 2];
            where = filled(oldWhere.length * 2);
            size = 0;
            for (int i = 0; i < oldWhere.length; i++) {
                if (oldWhere[i] != NONE) {
                    put(oldHigh[i], oldLow[i], oldWhere[i]);
                }
            }
        }

        private static long[] filled(int slots) {
            long[] empty = new long[slots];
            Arrays.fill(empty, NONE);
            return empty;
        }
    }
}
