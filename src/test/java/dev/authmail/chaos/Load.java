package dev.authmail.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events of its own, each with a user and a recipient of its own, at random moments at a mean rate. */
final class Load implements AutoCloseable {
    private static final int MOST_WAITING = 2_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random;
    private final IntFunction<String> domains;
    private final Waits waits;
    private final Map<String, RecordMetadata> positions = new ConcurrentHashMap<>();
    private final Map<String, String> events = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private Thread thread;

    /**
     * @param domains of the recipients, by the number of the event
     * @param waits told of each recipient as the event is published
     */
    Load(String brokers, String topic, long seed, IntFunction<String> domains, Waits waits) {
        this.topic = topic;
        this.random = new Random(seed);
        this.domains = domains;
        this.waits = waits;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "acks", "all",
                        "linger.ms", "2",
                        "delivery.timeout.ms", "300000", // longer than any cluster is away
                        "max.block.ms", "300000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Publishes from now on, until {@link #stop}; no more for the moment while {@link #MOST_WAITING} wait for their mail, so
     * that a busy machine ends what it began.
     */
    Load run(int perSecond) {
        stopped = false;
        thread = Thread.ofPlatform().daemon().name("chaos-load").start(() -> {
            while (!stopped) {
                if (waits.count() < MOST_WAITING) {
                    publish();
                }
                LockSupport.parkNanos((long) (2e9 * random.nextDouble() / perSecond));
            }
        });
        return this;
    }

    /** Publishes so many as fast as it goes and waits until the broker has them. */
    Load burst(int count) {
        for (int i = 0; i < count; i++) {
            publish();
        }
        flush();
        return this;
    }

    private void publish() {
        int number = next.getAndIncrement();
        String id = "e" + number;
        String recipient = recipientOf(number);
        String value = "{\"id\":\"%s\",\"userId\":\"u%s\",\"email\":\"%s\"}".formatted(id, number, recipient);
        events.put(recipient, id);
        waits.begin(recipient);
        producer.send(new ProducerRecord<>(topic, octets("u" + number), octets(value)), (position, problem) -> {
            if (problem == null) {
                positions.put(id, position);
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private String recipientOf(int number) {
        return "n" + number + "@" + domains.apply(number);
    }

    /** Publishes a value as it is, which is no event. */
    void publishRaw(byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** Publishes no more; all that was published is with the broker then. */
    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
    }

    private void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("the load could not be published", failure.get());
        }
    }

    /** How many events were published. */
    int count() {
        return next.get();
    }

    /** The event's id, by its recipient. */
    Map<String, String> events() {
        return events;
    }

    /** Where the event's record is; null when the broker has not answered yet. */
    RecordMetadata position(String event) {
        return positions.get(event);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stopped = true;
        producer.close();
    }
}
