package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.testkit.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker: of several one leads, and the next begins when the turn of the one before has ended. */
class GroupLeaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic = "led-" + UUID.randomUUID();
    private final List<GroupLeader> all = new ArrayList<>();

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @AfterEach
    void closeAll() {
        all.forEach(GroupLeader::close);
    }

    @Test
    void oneLeadsAndAnotherFollowsWhenItGoes() {
        GroupLeader first = compete(PATIENCE);
        await().atMost(PATIENCE).until(first::leads);
        GroupLeader second = compete(PATIENCE);
        assertThat(second.begin("a mailbox")).isFalse();
        assertThat(first.begin("a mailbox")).isTrue();

        CompletableFuture<Void> gone = CompletableFuture.runAsync(first::close);
        await().atMost(PATIENCE).until(() -> !first.leads());
        assertThat(first.begin("another mailbox")).as("no new turn").isFalse();
        await("its turn is not over")
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> !second.leads() && !gone.isDone());

        first.end("a mailbox");
        await().atMost(PATIENCE).until(second::leads);
        await().atMost(PATIENCE).until(gone::isDone);
    }

    @Test
    void aTurnThatDoesNotEndIsNotWaitedForForEver() {
        GroupLeader first = compete(Duration.ofMillis(200));
        await().atMost(PATIENCE).until(first::leads);
        assertThat(first.begin("a mailbox")).isTrue();

        first.close();
        GroupLeader second = compete(PATIENCE);
        await().atMost(PATIENCE).until(second::leads);
    }

    private GroupLeader compete(Duration patience) {
        GroupLeader leader = new GroupLeader(
                Map.of("bootstrap.servers", Broker.address(), "metadata.max.age.ms", 200),
                topic,
                topic + ".group",
                patience);
        all.add(leader);
        leader.start();
        return leader;
    }
}
