package dev.authmail.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Broker;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker: the newest record of a key of which only a hash is known. */
class TopicIndexTest {
    private static final Instant AN_HOUR_AGO = Instant.now().minus(1, ChronoUnit.HOURS);
    private static final Instant YESTERDAY = Instant.now().minus(1, ChronoUnit.DAYS);
    private static final int MANY = 1000;

    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String topic = "indexed-" + UUID.randomUUID();

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

    @Test
    void theNewestRecordIsFoundAlsoWhenItCameAfterTheFirstQuestion() throws Exception {
        send(0, "a", "1", Instant.now());
        send(1, "b", "1", Instant.now());
        send(0, "a", "2", Instant.now());
        try (TopicIndex index = index(MANY)) {
            assertThat(find(index, "a", AN_HOUR_AGO)).contains("a=2");
            assertThat(find(index, "b", AN_HOUR_AGO)).contains("b=1");
            assertThat(find(index, "c", AN_HOUR_AGO)).isEmpty();

            send(1, "c", "1", Instant.now());
            send(0, "a", "3", Instant.now());
            assertThat(find(index, "c", AN_HOUR_AGO)).contains("c=1");
            assertThat(find(index, "a", AN_HOUR_AGO)).contains("a=3");
        }
    }

    @Test
    void whatIsRemovedOrOfAnotherKindIsNotFound() throws Exception {
        send(0, "gone", "1", Instant.now());
        send(0, "gone", null, Instant.now());
        send(1, "foreign", "1", Instant.now());
        try (TopicIndex index = index(MANY)) {
            assertThat(find(index, "gone", AN_HOUR_AGO)).isEmpty();
            assertThat(find(index, "foreign", AN_HOUR_AGO))
                    .as("its key has no digest")
                    .isEmpty();
        }
    }

    @Test
    void anEarlierMomentLetsItReadFurtherBack() throws Exception {
        send(0, "old", "1", YESTERDAY.plusSeconds(60));
        send(0, "young", "1", Instant.now());
        try (TopicIndex index = index(MANY)) {
            assertThat(find(index, "old", AN_HOUR_AGO)).isEmpty();
            assertThat(find(index, "young", AN_HOUR_AGO)).contains("young=1");
            assertThat(find(index, "old", YESTERDAY)).contains("old=1");
            assertThat(find(index, "young", AN_HOUR_AGO)).contains("young=1");
        }
    }

    @Test
    void whatItHadToForgetIsFoundInTheTopic() throws Exception {
        for (int i = 0; i < 20; i++) {
            send(i % 2, "k" + i, "1", Instant.now());
        }
        try (TopicIndex index = index(4)) {
            assertThat(find(index, "k19", AN_HOUR_AGO)).contains("k19=1");
            assertThat(find(index, "k0", AN_HOUR_AGO)).contains("k0=1");
            assertThat(find(index, "none", AN_HOUR_AGO)).isEmpty();
        }
    }

    @Test
    void thousandsAreKnownEachByItsOwnOctets() throws Exception {
        for (int i = 0; i < 3000; i++) {
            producer.send(new ProducerRecord<>(topic, i % 2, ("n" + i).getBytes(UTF_8), ("" + i).getBytes(UTF_8)));
        }
        producer.flush();
        try (TopicIndex index = index(10_000)) {
            for (int i = 0; i < 3000; i += 500) {
                assertThat(find(index, "n" + i, AN_HOUR_AGO)).contains("n" + i + "=" + i);
            }
        }
    }

    private TopicIndex index(int maxEntries) {
        return new TopicIndex(
                Map.of("bootstrap.servers", Broker.address()),
                topic,
                key -> key.equals("foreign") ? Optional.empty() : Optional.of(digest(key)),
                maxEntries);
    }

    private static Optional<String> find(TopicIndex index, String key, Instant since) {
        return index.find(digest(key), since).map(found -> found.key() + "=" + new String(found.value(), UTF_8));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("MD5").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(int partition, String key, @Nullable String value, Instant time) throws Exception {
        byte[] octets = value == null ? null : value.getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, partition, time.toEpochMilli(), key.getBytes(UTF_8), octets))
                .get();
    }
}
