package dev.authmail.kafka;

import dev.authmail.testkit.Broker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One member of a consumer group, polled by the test's own thread. */
final class Member implements AutoCloseable {
    static final int POLL_RECORDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final InFlight inFlight;
    final TrackingConsumer<byte[], byte[]> consumer;
    final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();

    Member(String group, InFlight inFlight, NotBefore notBefore, Gate gate, Duration drain, Clock clock) {
        this.inFlight = inFlight;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Broker.address());
        properties.put("group.id", group);
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", POLL_RECORDS);
        properties.put("heartbeat.interval.ms", 200);
        properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        consumer = new TrackingConsumer<>(properties, inFlight, notBefore, gate, drain, clock);
    }

    Member subscribe(String... topics) {
        consumer.subscribe(List.of(topics));
        return this;
    }

    /** Polls once and takes a ticket for each record, as a route does. */
    int poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            seen.add(record);
            tickets.put(name(record), consumer.ticket(partition(record), record.offset()));
        }
        return records.count();
    }

    /** A metric of the client, over all topics. */
    double metric(String name) {
        return consumer.metrics().entrySet().stream()
                .filter(e ->
                        e.getKey().name().equals(name) && !e.getKey().tags().containsKey("topic"))
                .mapToDouble(e -> (double) e.getValue().metricValue())
                .sum();
    }

    void pollUntil(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("polled in vain for " + what + "; seen: " + names());
            }
            poll();
        }
    }

    /** Polls until so many records were seen in all. */
    void pollSeen(int count) {
        pollUntil(count + " records", () -> seen.size() >= count);
    }

    /** A number of polls, none of which brings a record. */
    boolean staysQuiet() {
        int records = 0;
        for (int i = 0; i < 5; i++) {
            records += poll();
        }
        return records == 0;
    }

    /** Marks a record done, of its newest ticket. */
    void finish(int partition, long... offsets) {
        for (long offset : offsets) {
            ticket(partition, offset).done();
        }
    }

    Ticket ticket(int partition, long offset) {
        return Objects.requireNonNull(tickets.get(partition + "@" + offset));
    }

    void finishAll() {
        tickets.values().forEach(Ticket::done);
    }

    /** {@code partition@offset} of all that was seen, in order. */
    List<String> names() {
        return seen.stream().map(Member::name).toList();
    }

    List<String> names(int partition) {
        return names().stream().filter(n -> n.startsWith(partition + "@")).toList();
    }

    /** What Camel does when a suspended route is resumed. */
    void resumeAsCamelDoes() {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(consumer.assignment()));
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                consumer.seek(partition, offset.offset());
            }
        });
        consumer.resume(consumer.assignment());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static String name(ConsumerRecord<?, ?> record) {
        return record.partition() + "@" + record.offset();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
