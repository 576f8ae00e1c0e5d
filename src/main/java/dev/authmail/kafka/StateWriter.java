package dev.authmail.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a few small records to a compacted topic, in order and in the background: who writes never waits for a broker.
 */
public final class StateWriter implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Map<String, Object> client;
    private final String topic;
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("write-state").factory());
    private volatile @Nullable KafkaProducer<String, byte[]> producer;

    /**
     * @param client properties of a Kafka client; it is made when something is written
     * @param topic that is written
     */
    public StateWriter(Map<String, Object> client, String topic) {
        this.client = new HashMap<>(client);
        this.client.put("acks", "all");
        this.client.put("enable.idempotence", "true");
        this.client.put("linger.ms", 0);
        this.topic = topic;
    }

    /**
     * Writes a record and returns at once.
     *
     * @param key the record's
     * @param value the record's; null is a tombstone
     * @param failed hears why it could not be written, in another thread
     */
    public void write(String key, byte @Nullable [] value, Consumer<Exception> failed) {
        try {
            background.execute(() -> send(key, value, failed));
        } catch (RejectedExecutionException closed) {
            failed.accept(closed);
        }
    }

    private void send(String key, byte @Nullable [] value, Consumer<Exception> failed) {
        try {
            open().send(new ProducerRecord<>(topic, key, value), (metadata, refused) -> {
                if (refused != null) {
                    failed.accept(refused);
                }
            });
        } catch (RuntimeException refused) {
            failed.accept(refused);
        }
    }

    /** In the one background thread. */
    private KafkaProducer<String, byte[]> open() {
        KafkaProducer<String, byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    @Override
    public void close() {
        background.shutdown();
        KafkaProducer<String, byte[]> known = producer;
        if (known != null) {
            known.close(CLOSING); // what still waits for a broker fails now
        }
    }
}
