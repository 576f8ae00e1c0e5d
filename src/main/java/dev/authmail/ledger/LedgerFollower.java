package dev.authmail.ledger;

import dev.authmail.event.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole ledger topic, from the beginning of the window to its end and then on, without a consumer group: every
 * replica sees every entry. A broker that is away only delays it.
 */
public final class LedgerFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Map<String, Object> client;
    private final String topic;
    private final Duration window;
    private final Ledger ledger;
    private final Clock clock;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param client properties of a Kafka client
     * @param topic the ledger's
     * @param window how far back it is read
     * @param ledger takes in what is read
     * @param clock tells where the window begins
     */
    public LedgerFollower(Map<String, Object> client, String topic, Duration window, Ledger ledger, Clock clock) {
        this.client = new HashMap<>(client);
        this.topic = topic;
        this.window = window;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Begins to read, in a thread of its own. */
    public void start() {
        Thread.ofPlatform().daemon().name("authmail-ledger").start(this::run);
    }

    /** Waits until all that stood in the ledger at the start is known; false when that takes longer. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether all that stood in the ledger at the start is known. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
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
                pause(); // whatever it was, the ledger is read again from where the window begins
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        return properties;
    }

    private void follow(KafkaConsumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        reader.assign(partitions);
        seekToWindow(reader, partitions);
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        while (!isClosing()) {
            reader.poll(POLL).forEach(this::learn);
            if (!isCaughtUp() && reached(reader, ends)) {
                caughtUp.countDown();
            }
        }
    }

    private void seekToWindow(KafkaConsumer<byte[], byte[]> reader, Collection<TopicPartition> partitions) {
        long begin = clock.instant().minus(window).toEpochMilli();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, begin));
        Map<TopicPartition, OffsetAndTimestamp> offsets = reader.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            @Nullable OffsetAndTimestamp offset = offsets.get(partition);
            if (offset == null) {
                reader.seekToEnd(List.of(partition)); // nothing so young
            } else {
                reader.seek(partition, offset.offset());
            }
        }
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
    }

    private void learn(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        EventId event = new EventId(new String(record.key(), StandardCharsets.UTF_8));
        if (record.value() == null) {
            ledger.forget(event);
        } else {
            LedgerEntry.fromJson(record.value()).ifPresent(entry -> ledger.learn(event, entry));
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
}
