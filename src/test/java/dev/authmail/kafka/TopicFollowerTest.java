package dev.authmail.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Broker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker. */
class TopicFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofHours(1);

    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String topic = "followed-" + UUID.randomUUID();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<TopicFollower> followers = new ArrayList<>();

    @BeforeAll
    static void connect() {
        Map<String, Object> broker = Map.of("bootstrap.servers", Broker.address());
        admin = Admin.create(broker);
        producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        admin.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }

    @AfterEach
    void closeFollowers() {
        followers.forEach(TopicFollower::close);
    }

    @Test
    void readsAllFromTheBeginningAndThenOn() throws Exception {
        send(0, "a", "1", Instant.now().minus(WINDOW.multipliedBy(9)));
        send(1, "b", "2", Instant.now());
        send(0, "a", null, Instant.now());

        TopicFollower follower = follow(null);
        assertThat(follower.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(taken).containsExactlyInAnyOrder("a=1", "b=2", "a gone").containsSubsequence("a=1", "a gone");

        send(1, "c", "3", Instant.now());
        awaitTaken("c=3");
    }

    @Test
    void readsNothingOlderThanItsWindow() throws Exception {
        send(0, "old", "1", Instant.now().minus(WINDOW.multipliedBy(2)));
        send(0, "young", "2", Instant.now());
        send(1, "old", "3", Instant.now().minus(WINDOW.multipliedBy(2)));

        assertThat(follow(WINDOW).awaitCaughtUp(PATIENCE)).isTrue();
        send(1, "next", "4", Instant.now());
        awaitTaken("next=4");

        assertThat(taken).containsExactlyInAnyOrder("young=2", "next=4");
    }

    @Test
    void aPartitionThatIsAddedIsReadFromItsBeginning() throws Exception {
        assertThat(follow(WINDOW).awaitCaughtUp(PATIENCE)).isTrue();

        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        send(2, "added", "1", Instant.now().minus(WINDOW.multipliedBy(2)));

        awaitTaken("added=1");
    }

    @Test
    void tellsUpToWhenAllIsKnown() throws Exception {
        TopicFollower follower = follow(null);
        assertThat(follower.awaitCaughtUp(PATIENCE)).isTrue();
        Instant first = follower.knownUpTo().orElseThrow();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> follower.knownUpTo().orElseThrow().isAfter(first));
    }

    @Test
    void beforeTheEndIsReachedNothingIsKnown() {
        TopicFollower follower = new TopicFollower(
                Map.of("bootstrap.servers", "127.0.0.1:1"), topic, null, this::take, Clock.systemUTC());
        followers.add(follower);
        follower.start();

        assertThat(follower.isCaughtUp()).isFalse();
        assertThat(follower.knownUpTo()).isEmpty();
    }

    private TopicFollower follow(@Nullable Duration window) {
        Map<String, Object> client = Map.of("bootstrap.servers", Broker.address(), "metadata.max.age.ms", 200);
        TopicFollower follower = new TopicFollower(client, topic, window, this::take, Clock.systemUTC());
        followers.add(follower);
        follower.start();
        return follower;
    }

    private void take(String key, byte @Nullable [] value) {
        taken.add(value == null ? key + " gone" : key + "=" + new String(value, UTF_8));
    }

    private void awaitTaken(String what) {
        Awaitility.await(what).atMost(PATIENCE).until(() -> taken.contains(what));
    }

    private void send(int partition, String key, @Nullable String value, Instant time) throws Exception {
        byte[] octets = value == null ? null : value.getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, partition, time.toEpochMilli(), key.getBytes(UTF_8), octets))
                .get();
    }
}
