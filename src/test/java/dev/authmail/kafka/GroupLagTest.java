package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.testkit.Broker;
import dev.authmail.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class GroupLagTest {
    private static final String TOPIC = "lag-" + ProcessHandle.current().pid();
    private static final String GROUP = TOPIC + "-group";
    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", Broker.address());
    private static final Duration OFTEN = Duration.ofMillis(100);

    @Test
    void whatTheGroupHasNotCommittedIsCountedOverAllPartitions() throws Exception {
        try (Admin admin = Admin.create(CLIENT);
                GroupLag lag = new GroupLag(CLIENT, GROUP, List.of(TOPIC), OFTEN, Clock.systemUTC())) {
            assertThat(lag.of(TOPIC)).as("there is no such topic yet").isNaN();
            admin.createTopics(Set.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
            write(0, 3);
            write(1, 4);
            awaitLag(lag, 7, "nothing was committed: the group begins at the beginning");

            commit(admin, 1, 3);
            awaitLag(lag, 4, "three of partition 1 are done");

            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
            awaitLag(lag, 2, "what retention has taken waits for nobody");
            assertThat(lag.of("another")).isNaN();
        }
    }

    @Test
    void anAnswerThatIsOldIsNone() throws Exception {
        String topic = TOPIC + "-old";
        MovableClock clock = new MovableClock(Instant.parse("2026-11-24T12:00:00Z"));
        try (Admin admin = Admin.create(CLIENT)) {
            admin.createTopics(Set.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (GroupLag lag = new GroupLag(CLIENT, GROUP, List.of(topic), Duration.ofHours(1), clock)) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(lag.of(topic)).isZero());

            clock.move(Duration.ofHours(4));
            assertThat(lag.of(topic)).as("four looks ago").isZero();
            clock.move(Duration.ofSeconds(1));
            assertThat(lag.of(topic)).as("nobody has looked since").isNaN();
        }
    }

    private static void awaitLag(GroupLag lag, double expected, String reason) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lag.of(TOPIC)).as(reason).isEqualTo(expected));
    }

    private static void write(int partition, int records) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(TOPIC, partition, null, "{}".getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    private static void commit(Admin admin, int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        GROUP, Map.of(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
