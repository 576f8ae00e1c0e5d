package dev.authmail.topics;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic once, from its beginning or a point in time to where it ended when the reading began. It joins no
 * group and commits nothing. Memory is bounded by what Kafka's client fetches ahead.
 */
public final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int RECORDS_AT_ONCE = 200;

    private final Map<String, Object> client;
    private final Duration patience;

    /**
     * @param client properties of a Kafka client
     * @param patience how long nothing may come before it is given up
     */
    public TopicScan(Map<String, Object> client, Duration patience) {
        this.client = new HashMap<>(client);
        this.client.put("enable.auto.commit", "false");
        this.client.put("auto.offset.reset", "earliest");
        this.client.put("isolation.level", "read_committed");
        this.client.put("allow.auto.create.topics", "false");
        // At the end nothing more comes, and the client would wait for it before it closes.
        this.client.put("fetch.max.wait.ms", "50");
        this.client.put("max.poll.records", Integer.toString(RECORDS_AT_ONCE));
        this.patience = patience;
    }

    /**
     * Reads it. Records of one partition come in order; those of several are mixed.
     *
     * @param since where to begin, by the records' timestamps; null for the beginning
     */
    public void read(String topic, @Nullable Instant since, Consumer<SourceRecord> each) {
        try (var reader = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(reader, topic);
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            if (since != null) {
                seek(reader, ends, since);
            }
            readTo(ends, reader, each);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reader, String topic) {
        List<PartitionInfo> partitions = reader.partitionsFor(topic);
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return partitions.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static void seek(KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = reader.offsetsForTimes(times);
        ends.forEach((partition, end) -> {
            @Nullable OffsetAndTimestamp offset = offsets.get(partition);
            reader.seek(partition, offset == null ? end : offset.offset());
        });
    }

    private void readTo(
            Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> reader, Consumer<SourceRecord> each) {
        long lastCame = System.nanoTime();
        while (!isAtEnd(reader, ends)) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < end(ends, record)) {
                    each.accept(source(record));
                }
            }
            if (!records.isEmpty()) {
                lastCame = System.nanoTime();
            } else if (System.nanoTime() - lastCame > patience.toNanos()) {
                throw new TimeoutException("nothing came from " + ends.keySet() + " in " + patience);
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> record) {
        return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
    }
}
