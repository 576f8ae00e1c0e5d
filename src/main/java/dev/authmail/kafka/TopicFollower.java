package dev.authmail.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole compacted topic, from its beginning or from a point in time to its end and then on, without a consumer
 * group: every process sees every record. A broker that is away only delays it; partitions that are added later are
 * followed within {@link #NEW_PARTITIONS}.
 */
public final class TopicFollower implements AutoCloseable {
    /** How long a partition that was added may go unnoticed. */
    public static final Duration NEW_PARTITIONS = Duration.ofSeconds(30);

    private static final int FETCH_OCTETS = 64 * 1024;
    private static final int FETCH_WAIT_MILLIS = 50;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_END = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Map<String, Object> client;
    private final String topic;
    private final @Nullable Duration window;
    private final Records records;
    private final Clock clock;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable Instant knownUpTo;

    /** Takes what the topic says, in the order of each partition; must not throw, whatever the octets are. */
    @FunctionalInterface
    public interface Records {
        /**
         * Takes one record.
         *
         * @param key the record's, as UTF-8
         * @param value the record's; null is a tombstone
         */
        void take(String key, byte @Nullable [] value);
    }

    /**
     * @param client properties of a Kafka client
     * @param topic to follow
     * @param window how far back it is read at the start; null: from its beginning
     * @param records takes what is read, in a thread of the follower
     * @param clock tells where the window begins
     */
    public TopicFollower(
            Map<String, Object> client, String topic, @Nullable Duration window, Records records, Clock clock) {
        this.client = new HashMap<>(client);
        this.topic = topic;
        this.window = window;
        this.records = records;
        this.clock = clock;
    }

    /** Begins to read, in a thread of its own. */
    public void start() {
        Thread.ofPlatform().daemon().name("follow-" + topic).start(this::run);
    }

    /** Waits until all that stood in the topic at the start is known; false when that takes longer. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether all that stood in the topic at the start is known. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Up to when all that was written is known; empty before the end was first reached. It stands still while no broker
     * answers or the reading lags, and is otherwise seconds old.
     */
    public Optional<Instant> knownUpTo() {
        return Optional.ofNullable(knownUpTo);
    }

    private void run() {
        while (!isClosing()) {
            try (var reader =
                    new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = reader;
                follow(reader);
            } catch (WakeupException | InterruptException stop) {
                return;
            } catch (RuntimeException away) {
                pause(); // whatever it was, reading goes on where it was
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.putIfAbsent("metadata.max.age.ms", NEW_PARTITIONS.toMillis());
        // Twenty answers a second at most, not one for each record.
        properties.putIfAbsent("fetch.min.bytes", FETCH_OCTETS);
        properties.putIfAbsent("fetch.max.wait.ms", FETCH_WAIT_MILLIS);
        return properties;
    }

    private void follow(KafkaConsumer<byte[], byte[]> reader) {
        Collection<TopicPartition> followed = List.of();
        var end = new End(clock.instant(), Map.of());
        while (!isClosing()) {
            Collection<TopicPartition> all = partitions(reader);
            if (all.size() > followed.size()) {
                assign(reader, all);
                followed = all;
                end = new End(clock.instant(), reader.endOffsets(all));
            }
            reader.poll(POLL).forEach(this::take);
            if (end.isReached(reader)) {
                knownUpTo = end.asked();
                caughtUp.countDown();
                end = end.isOlderThan(LOOK_FOR_END, clock.instant()) ? newEnd(reader, end) : end;
            }
        }
    }

    /** Answered from what the client knows of the cluster, which it asks anew every {@link #NEW_PARTITIONS}. */
    private Collection<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reader) {
        return reader.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toSet());
    }

    /** Nothing is left to a position that the client would find when it first needs it: what is written now is read. */
    private void assign(KafkaConsumer<byte[], byte[]> reader, Collection<TopicPartition> partitions) {
        boolean first = next.isEmpty();
        Map<TopicPartition, Long> begin = new HashMap<>(next);
        List<TopicPartition> added =
                partitions.stream().filter(p -> !next.containsKey(p)).toList();
        begin.putAll(first && window != null ? fromWindow(reader, added, window) : reader.beginningOffsets(added));
        reader.assign(partitions);
        begin.forEach(reader::seek);
        next.putAll(begin);
    }

    private Map<TopicPartition, Long> fromWindow(
            KafkaConsumer<byte[], byte[]> reader, Collection<TopicPartition> partitions, Duration back) {
        Map<TopicPartition, Long> begin = reader.endOffsets(partitions); // for those that hold nothing so young
        long moment = clock.instant().minus(back).toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> young =
                reader.offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> moment)));
        young.forEach((partition, offset) -> {
            if (offset != null) {
                begin.put(partition, offset.offset());
            }
        });
        return begin;
    }

    private End newEnd(KafkaConsumer<byte[], byte[]> reader, End last) {
        try {
            Instant asked = clock.instant();
            return new End(asked, reader.endOffsets(reader.assignment(), LOOK_FOR_END));
        } catch (RetriableException away) {
            return last; // as long as no broker answers, nobody knows what is written
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        next.put(new TopicPartition(topic, record.partition()), record.offset() + 1);
        if (record.key() != null) {
            records.take(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
    }

    /** Where the topic ended at a moment. */
    private record End(Instant asked, Map<TopicPartition, Long> offsets) {
        boolean isReached(KafkaConsumer<byte[], byte[]> reader) {
            return offsets.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
        }

        boolean isOlderThan(Duration age, Instant now) {
            return asked.plus(age).isBefore(now);
        }
    }
}
