package dev.authmail.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Says which of several processes does what only one may do: the one that Kafka gives the first partition of a topic in a
 * consumer group. Nothing is read from the topic. When the partition goes to another process, that one begins only after
 * the turn of this one has ended; a process that has lost its session can still be in its turn then, so what is done in a
 * turn must bear repetition.
 */
public final class GroupLeader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int SESSION_MILLIS = 10_000;
    private static final int REBALANCE_MILLIS = 120_000;

    private final Map<String, Object> client;
    private final TopicPartition first;
    private final Duration patience;
    private final Set<Object> turns = new HashSet<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean leads;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> member;
    private volatile @Nullable Thread thread;

    /**
     * @param client properties of a Kafka client
     * @param topic whose first partition is the prize
     * @param group consumer group of those who compete
     * @param patience how long a turn may go on when another process is to take over
     */
    public GroupLeader(Map<String, Object> client, String topic, String group, Duration patience) {
        this.client = new HashMap<>(client);
        this.client.put("group.id", group);
        this.client.put("enable.auto.commit", "false");
        this.client.put("auto.offset.reset", "latest");
        this.client.put("allow.auto.create.topics", "false");
        this.client.put("session.timeout.ms", SESSION_MILLIS);
        this.client.put("heartbeat.interval.ms", SESSION_MILLIS / 4);
        this.client.put("max.poll.interval.ms", REBALANCE_MILLIS);
        this.client.put("partition.assignment.strategy", List.of(CooperativeStickyAssignor.class));
        this.first = new TopicPartition(topic, 0);
        this.patience = patience;
    }

    /** Begins to compete, in a thread of its own. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name("lead-" + first.topic()).start(this::run);
    }

    /** Whether this process leads. */
    public synchronized boolean leads() {
        return leads;
    }

    /**
     * Begins a turn; false when another process leads. Each that is begun must be ended.
     *
     * @param who whose turn it is; different ones go on beside each other
     */
    public synchronized boolean begin(Object who) {
        if (leads) {
            turns.add(who);
        }
        return leads;
    }

    /** Ends a turn. */
    public synchronized void end(Object who) {
        turns.remove(who);
        notifyAll();
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                member = consumer;
                consumer.subscribe(List.of(first.topic()), new Assigned(consumer));
                while (closing.getCount() > 0) {
                    consumer.poll(POLL);
                }
            } catch (WakeupException | InterruptException stop) {
                break;
            } catch (RuntimeException away) {
                pause(); // whatever it was, it competes again
            } finally {
                lose();
            }
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private synchronized void win() {
        leads = true;
    }

    private synchronized void lose() {
        leads = false;
    }

    private synchronized void hand() {
        leads = false;
        long limit = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis(); !turns.isEmpty() && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> consumer = member;
        if (consumer != null) {
            consumer.wakeup();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join(patience.plusSeconds(5)); // so that another leads at once and not when the session ends
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Assigned implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Assigned(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            if (partitions.contains(first)) {
                win();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(first)) {
                hand();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (partitions.contains(first)) {
                lose();
            }
        }
    }
}
