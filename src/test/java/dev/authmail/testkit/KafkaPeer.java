package dev.authmail.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** The other side of Kafka: sends events as an application does, and sees all that is written to some topics. */
public final class KafkaPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /** @param topics to watch from their beginning; they must exist */
    public KafkaPeer(String brokers, List<String> topics) {
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.request.size", 40_000_000, "buffer.memory", 80_000_000L),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
            }
        } catch (WakeupException closed) {
            // the test is over
        }
    }

    /** Sends one record and waits until the broker has it. */
    public RecordMetadata send(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = record(topic, key, value, headers);
        try {
            return producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, byte[] value, Map<String, String> headers) {
        byte[] octets = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, octets, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** All records seen so far on a topic. */
    public List<ConsumerRecord<byte[], byte[]>> seen(String topic) {
        return seen.stream().filter(r -> r.topic().equals(topic)).toList();
    }

    /** The first record on a topic that fits; waits for it. */
    public ConsumerRecord<byte[], byte[]> await(String topic, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        return Awaitility.await("a record on " + topic)
                .atMost(PATIENCE)
                .until(() -> seen(topic).stream().filter(fits).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until a topic has so many records that fit. */
    public List<ConsumerRecord<byte[], byte[]>> await(
            String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        Awaitility.await(count + " records on " + topic)
                .atMost(PATIENCE)
                .until(() -> seen(topic).stream().filter(fits).count() >= count);
        return seen(topic).stream().filter(fits).toList();
    }

    /** What a group has committed on the first partition of a topic; 0 when nothing. */
    public long committed(String group, String topic) {
        OffsetAndMetadata offset = ask(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(new TopicPartition(topic, 0));
        return offset == null ? 0 : offset.offset();
    }

    /** Waits until a group has committed all that is on the first partition of a topic. */
    public void awaitAllCommitted(String group, String topic) {
        Awaitility.await("all of " + topic + " to be committed")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> Assertions.assertThat(committed(group, topic)).isEqualTo(end(topic)));
    }

    /** Whether a group has committed all that is on the first partition of a topic by now. */
    public boolean isAllCommitted(String group, String topic) {
        return committed(group, topic) == end(topic);
    }

    /** All records of the first partition of a topic that are there by now. */
    public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        long end = end(topic);
        return await(topic, Math.toIntExact(end), r -> r.partition() == 0);
    }

    private long end(String topic) {
        TopicPartition first = new TopicPartition(topic, 0);
        return ask(admin.listOffsets(Map.of(first, OffsetSpec.latest())).partitionResult(first))
                .offset();
    }

    private static <T> T ask(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a header, or null. */
    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The value as text. */
    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        admin.close();
    }
}
