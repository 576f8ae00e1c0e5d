package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many conversations at once on one partition; a slow one delays no other, and nothing is committed before its time. */
class ConcurrencyRouteTest {
    private static final int CONNECTIONS = 50;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.smtp.max-connections-per-server", CONNECTIONS)
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @AfterEach
    void mendTheRelay() {
        authmail.relay.delayPerCommand(Duration.ZERO);
        authmail.relay.behaveAgain();
    }

    @Test
    void twoHundredEventsOfOnePartitionAreDeliveredAtOnce() {
        authmail.relay.delayPerCommand(Duration.ofMillis(50));
        List<String> ids = ids("many", 200);
        ids.forEach(id -> authmail.register(id, id + "@good.test"));

        awaitAccepted(ids);
        assertThat(authmail.relay.peakConnections()).isBetween(CONNECTIONS / 2, CONNECTIONS);
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(authmail.relay.mailsTo(id + "@good.test")).hasSize(1));
        authmail.awaitAllCommitted(authmail.registrations());
    }

    @Test
    void aSlowMailDelaysNoOtherAndHoldsBackTheCommit() {
        authmail.relay.on("RCPT TO:<slow@").stall(Duration.ofSeconds(5));
        String position = authmail.publish(
                null, "{\"id\": \"slow\", \"userId\": \"u\", \"email\": \"slow@good.test\"}".getBytes(UTF_8), Map.of());
        long offset = Long.parseLong(position.substring(position.indexOf('@') + 1));
        List<String> ids = ids("fast", 40);
        ids.forEach(id -> authmail.register(id, id + "@good.test"));

        awaitAccepted(ids);
        assertThat(authmail.outcomesOf("slow"))
                .as("while the slow one still talks")
                .isEmpty();
        assertThat(authmail.committed()).isLessThanOrEqualTo(offset);
        authmail.outcome("slow", "accepted");
        assertThat(accepted()).endsWith("slow");
        authmail.awaitAllCommitted(authmail.registrations());
    }

    private static void awaitAccepted(List<String> ids) {
        Awaitility.await("all mails to be accepted")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(accepted()).containsAll(ids));
    }

    private static List<String> accepted() {
        return authmail.kafka().seen(authmail.outcomes()).stream()
                .map(Outcome::of)
                .map(outcome -> outcome.data("eventId"))
                .toList();
    }

    private static List<String> ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
    }
}
