package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the outcomes that Kafka has and counts them. An outcome that is not {@code accepted} ends the bench. */
final class OutcomeCount implements AutoCloseable {
    private static final Pattern ELAPSED = Pattern.compile("\"elapsedMillis\":(\\d+)");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicLong accepted = new AtomicLong();
    private final Thread reader;
    private volatile String other = "";
    private final List<Integer> noted = new ArrayList<>();

    OutcomeCount(String brokers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> count(new String(record.value(), UTF_8)));
            }
        } catch (WakeupException closed) {
            // the bench is over
        }
    }

    private void count(String outcome) {
        if (!outcome.contains("\"authmail.accepted\"")) {
            other = outcome;
        }
        Matcher millis = ELAPSED.matcher(outcome);
        if (millis.find()) {
            synchronized (noted) {
                noted.add(Integer.parseInt(millis.group(1)));
            }
        }
        accepted.incrementAndGet();
    }

    long accepted() {
        if (!other.isEmpty()) {
            throw new IllegalStateException("not accepted: " + other);
        }
        return accepted.get();
    }

    /** From the event to the 250, in milliseconds, of all outcomes since the last call, sorted. */
    List<Integer> takeElapsed() {
        synchronized (noted) {
            List<Integer> sorted = noted.stream().sorted().toList();
            noted.clear();
            return sorted;
        }
    }

    /** How many outcomes {@link #takeElapsed} has now. */
    int noted() {
        synchronized (noted) {
            return noted.size();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
