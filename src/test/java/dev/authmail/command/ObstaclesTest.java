package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.command.WayOfMail.Destinations;
import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.testkit.Broker;
import dev.authmail.traffic.Closure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker, without the service. */
class ObstaclesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Destinations WAY =
            new Destinations(new Domain("a.test"), Set.of("google.com"), Set.of("house", "relays", "direct"));

    private final String topic = "state-" + UUID.randomUUID();

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @Test
    void onlyWhatStandsOnTheWayIsShown() throws Exception {
        assertThat(printed()).contains("now nothing on this way is held or closed");

        hold(HoldScope.EVERYTHING);
        hold(HoldScope.route("house"));
        hold(HoldScope.route("another"));
        hold(HoldScope.domain(new Domain("a.test")));
        hold(HoldScope.domain(new Domain("b.test")));
        hold(HoldScope.purpose("verify-email"));
        close("google.com");
        close("outlook.com");

        assertThat(printed())
                .contains(
                        "held everything since 2026-11-24T12:00:00Z",
                        "held route house since 2026-11-24T12:00:00Z",
                        "held domain a.test since 2026-11-24T12:00:00Z",
                        "held purpose verify-email since 2026-11-24T12:00:00Z",
                        "closed google.com for direct mail until 2026-11-24T13:00:00Z: 550 5.7.25 no PTR record")
                .noneMatch(line -> line.contains("b.test") || line.contains("another") || line.contains("outlook.com"));
    }

    private List<String> printed() {
        StringWriter text = new StringWriter();
        Obstacles.print(WAY, StateTopics.named(topic), Clock.systemUTC(), new PrintWriter(text, true));
        return text.toString()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    private void hold(HoldScope scope) throws Exception {
        Hold hold = new Hold(scope, NOON, null, null);
        write(hold.key(), hold.toJson());
    }

    private void close(String provider) throws Exception {
        Closure closure = new Closure(
                provider,
                Closure.State.CLOSED,
                "ptr",
                "550 5.7.25 no PTR record",
                NOON,
                NOON.plusSeconds(3600),
                1,
                "a1");
        write(closure.key(), closure.toJson());
    }

    private void write(String key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }
}
