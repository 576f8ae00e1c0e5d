package dev.authmail.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows outcomes and ledger, and keeps of each event only where it stands. */
final class Watch implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final String outcomes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaConsumer<byte[], byte[]> ends;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Map<String, String> ended = new ConcurrentHashMap<>();
    private final Map<String, String> ledger = new ConcurrentHashMap<>();
    private final Set<String> deferred = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closing;

    /** The topics must exist. */
    Watch(String brokers, String outcomes, String ledgerTopic) {
        this.outcomes = outcomes;
        this.consumer = consumer(brokers);
        this.ends = consumer(brokers);
        partitions = List.of(outcomes, ledgerTopic).stream()
                .flatMap(topic -> ends.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().daemon().name("chaos-watch").start(this::follow);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "reconnect.backoff.max.ms", "200"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void follow() {
        try (consumer) {
            while (!closing) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::take);
                partitions.forEach(p -> positions.put(p, consumer.position(p)));
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        JsonNode json = JSON.readTree(record.value());
        if (!record.topic().equals(outcomes)) {
            ledger.put(
                    new String(record.key(), StandardCharsets.UTF_8),
                    json.path("state").asString(""));
            return;
        }
        JsonNode data = json.path("data");
        String event = data.path("eventId").asString("");
        if (data.path("final").asBoolean(false)) {
            ended.put(event, json.path("type").asString("").replace("authmail.", ""));
        } else {
            deferred.add(event);
        }
    }

    /** Waits until all is known that stands in the topics now. */
    void catchUp() {
        Map<TopicPartition, Long> end;
        synchronized (ends) {
            end = ends.endOffsets(partitions);
        }
        Awaitility.await("the watch to catch up")
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(3))
                .until(() ->
                        end.entrySet().stream().allMatch(e -> positions.getOrDefault(e.getKey(), 0L) >= e.getValue()));
    }

    /** The type of the final outcome, by event. */
    Map<String, String> ended() {
        return ended;
    }

    /** Whether the ledger says that a server has the mail. */
    boolean isAccepted(String event) {
        return "accepted".equals(ledger.get(event));
    }

    /** How many events were put off at least once. */
    int deferred() {
        return deferred.size();
    }

    /** How many events ended in which way. */
    Map<String, Integer> tally() {
        Map<String, Integer> tally = new HashMap<>();
        ended.values().forEach(type -> tally.merge(type, 1, Integer::sum));
        return tally;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ends.close();
    }
}
