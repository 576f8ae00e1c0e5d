package dev.authmail.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How many records of its topics a consumer group has not finished, all its members together. The broker is asked, not
 * our consumers: what they do not read, because they are held, stuck or gone, is seen too.
 */
public final class GroupLag implements AutoCloseable {
    private static final int MISSED_LOOKS = 4;

    private final Map<String, Object> client;
    private final String group;
    private final List<String> topics;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("group-lag").factory());
    private volatile Seen last = new Seen(Instant.MIN, Map.of());
    private @Nullable Admin admin; // in the background thread alone

    private record Seen(Instant at, Map<String, Long> lags) {}

    /**
     * Begins to look.
     *
     * @param client properties of a Kafka client
     * @param group the consumer group
     * @param topics which it reads, from the beginning when it has committed nothing
     * @param interval between two looks
     * @param clock tells how old a look is
     */
    public GroupLag(Map<String, Object> client, String group, List<String> topics, Duration interval, Clock clock) {
        this.client = Map.copyOf(client);
        this.group = group;
        this.topics = List.copyOf(topics);
        this.interval = interval;
        this.clock = clock;
        background.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The records of a topic; NaN while the broker does not tell, and before the first look. */
    public double of(String topic) {
        Seen seen = last;
        boolean old = seen.at().isBefore(clock.instant().minus(interval.multipliedBy(MISSED_LOOKS)));
        Long lag = seen.lags().get(topic);
        return old || lag == null ? Double.NaN : lag;
    }

    /** What goes wrong is seen by the number's absence; the next look tries again. */
    private void look() {
        try {
            last = new Seen(clock.instant(), lags());
        } catch (ExecutionException | KafkaException notNow) {
            // a broker that is away is told by those that need it
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Long> lags() throws ExecutionException, InterruptedException {
        Admin kafka = open();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        kafka.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(p -> ends.put(new TopicPartition(name, p.partition()), OffsetSpec.latest())));
        Map<TopicPartition, OffsetSpec> begins = new HashMap<>(ends);
        begins.replaceAll((partition, spec) -> OffsetSpec.earliest());
        // What is done is asked first: what is finished meanwhile must not make a number below zero.
        Map<TopicPartition, OffsetAndMetadata> done = kafka.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, ListOffsetsResultInfo> first =
                kafka.listOffsets(begins).all().get();
        Map<TopicPartition, ListOffsetsResultInfo> next =
                kafka.listOffsets(ends).all().get();
        Map<String, Long> lags = new HashMap<>();
        next.forEach((partition, end) -> {
            OffsetAndMetadata committed = done.get(partition);
            ListOffsetsResultInfo begin = first.get(partition);
            long from = Math.max(committed == null ? 0 : committed.offset(), begin == null ? 0 : begin.offset());
            lags.merge(partition.topic(), Math.max(0, end.offset() - from), Long::sum);
        });
        return lags;
    }

    private Admin open() {
        Admin known = admin;
        if (known == null) {
            known = Admin.create(client);
            admin = known;
        }
        return known;
    }

    @Override
    public void close() {
        background.execute(() -> {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        });
        background.shutdown();
        try {
            if (!background.awaitTermination(1, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
