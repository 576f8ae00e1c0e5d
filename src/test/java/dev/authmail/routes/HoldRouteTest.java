package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.Authmail;
import dev.authmail.address.Domain;
import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.hold.Holds;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What an operator holds waits on two replicas, is not lost, does not expire, and is mailed once. */
class HoldRouteTest {
    /** Holds are heeded within seconds. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TestAuthmail authmail;
    private static ConfigurableApplicationContext other;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.topics.partitions", 2)
                .set("authmail.deadline", "30m")
                .set("authmail.max-age", "1h")
                .set("authmail.direct.own-hosts", "mx.own.test");
        authmail.dns.zone("own.test", "@ IN MX 10 mx.own.test.\n");
        authmail.start();
        other = authmail.launch(Map.of());
    }

    @AfterAll
    static void stop() {
        other.close();
        authmail.close();
    }

    @AfterEach
    void holdNothing() {
        authmail.relay.behaveAgain();
        authmail.mx.behaveAgain();
        authmail.secondMx.behaveAgain();
        run("resume", "--all");
        awaitHeld(0);
    }

    @Test
    void mailsToAHeldDomainWaitWithoutExpiringAndOthersFlow() {
        holdSince(Duration.ofHours(3), HoldScope.domain(new Domain("other.test")));
        greylistOnce("held@other.test");

        publish("held", "held@other.test", Instant.now().minus(Duration.ofHours(2)));
        publish("flows", "flows@good.test", Instant.now());

        authmail.outcome("app|flows", "accepted");
        Outcome waits = authmail.outcome("app|held", "deferred");
        assertThat(waits.schemaProblems()).isEmpty();
        assertThat(waits.data("attempt")).isEqualTo("0");
        assertThat(waits.data("userState")).isEqualTo("delayed");
        assertThat(waits.data("detail")).startsWith("an operator holds domain other.test since");
        Letter second = heldRecord("app|held", 2);
        assertThat(second.says("attempts")).isNull();
        assertThat(authmail.relay.commands("RCPT TO:<held@")).isEmpty();

        copyToRetryTopic("app|held");
        assertThat(run("resume", "--domain", "OTHER.test")).isZero();

        assertThat(authmail.outcome("app|held", "accepted").data("attempt")).isEqualTo("2");
        assertThat(authmail.outcomesOf("app|held"))
                .extracting(Outcome::type)
                .containsExactly("deferred", "deferred", "accepted");
        assertThat(authmail.relay.mailsTo("held@other.test")).hasSize(1);
        assertThat(authmail.deadLettersOf("app|held")).isEmpty();
    }

    @Test
    void aHeldRelayIsPassedByAndWithoutAHopTheMailWaits() {
        assertThat(run("hold", "--route", "relay")).isZero();
        awaitHeld(1);
        publish("direct", "direct@good.test", Instant.now());
        assertThat(authmail.outcome("app|direct", "accepted").data("route")).isEqualTo("direct");
        assertThat(authmail.relay.mailsTo("direct@good.test")).isEmpty();

        assertThat(run("hold", "--route", "direct", "--why", "no way out")).isZero();
        awaitHeld(2);
        publish("no-hop", "nohop@good.test", Instant.now());
        heldRecord("app|no-hop", 1);
        assertThat(run("resume", "--route", "relay")).isZero();

        Outcome accepted = authmail.outcome("app|no-hop", "accepted");
        assertThat(accepted.data("route")).isEqualTo("relay");
        assertThat(accepted.data("attempt")).isEqualTo("1");
    }

    @Test
    void aMailThatCanTakeNoHopButTheHeldOneWaitsForIt() {
        assertThat(run("hold", "--route", "relays")).isZero();
        awaitHeld(1);
        publish("own", "someone@own.test", Instant.now());
        assertThat(authmail.outcome("app|own", "deferred").data("attempt")).isEqualTo("0");
        heldRecord("app|own", 2);

        assertThat(run("resume", "--route", "relays")).isZero();

        assertThat(authmail.outcome("app|own", "accepted").data("attempt")).isEqualTo("1");
        assertThat(authmail.outcomesOf("app|own")).hasSize(2);
    }

    @Test
    void whileEverythingIsHeldNothingIsTakenInAndThenAllIsMailedOnce() {
        assertThat(run("hold", "--why", "the site moves")).isZero();
        awaitHeld(1);
        List<String> ids = IntStream.range(0, 20).mapToObj(i -> "all" + i).toList();

        ids.forEach(id -> publish(id, id + "@good.test", Instant.now()));

        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> ids.stream()
                        .allMatch(id -> authmail.outcomesOf("app|" + id).isEmpty()));
        assertThat(authmail.relay.commands("RCPT TO:<all")).isEmpty();
        assertThat(run("resume")).isZero();
        ids.forEach(id -> authmail.outcome("app|" + id, "accepted"));
        assertThat(ids).allSatisfy(id -> {
            assertThat(authmail.relay.mailsTo(id + "@good.test")).hasSize(1);
            assertThat(authmail.outcomesOf("app|" + id)).hasSize(1);
        });
    }

    @Test
    void aMailThatAnOperatorHoldsByItsPurposeIsEndedByACancellation() {
        assertThat(run("hold", "--purpose", "verify-email")).isZero();
        awaitHeld(1);
        publish("unwanted", "unwanted@good.test", Instant.now().minusSeconds(60));
        heldRecord("app|unwanted", 1);

        authmail.publish(
                "u-unwanted", event("cancel", "unwanted", "unwanted@good.test", Instant.now(), "cancelled"), Map.of());

        authmail.outcome("app|unwanted", "superseded");
        assertThat(authmail.relay.commands("RCPT TO:<unwanted@")).isEmpty();
    }

    /** Both the relay and the MX hosts answer the first attempt with 451. */
    private static void greylistOnce(String address) {
        Stream.of(authmail.relay, authmail.mx, authmail.secondMx)
                .forEach(server -> server.on("RCPT TO:<" + address + ">")
                        .reply("451 4.7.1 greylisted")
                        .times(1));
    }

    private static void publish(String id, String email, Instant time) {
        authmail.publish("u-" + id, event(id, id, email, time, "registered"), Map.of());
    }

    private static byte[] event(String id, String user, String email, Instant time, String what) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "app", "type": "example.%s", "time": "%s",
                 "data": {"userId": "u-%s", "email": "%s"}}
                """.formatted(id, what, time, user, email).getBytes(UTF_8);
    }

    /** The retry record of an event that says that it is put back for the nth time. */
    private static Letter heldRecord(String eventId, int round) {
        return Stream.of("1s", "2s", "3s")
                .skip(round - 1)
                .findFirst()
                .map(tier -> authmail.kafka().await(authmail.retry(tier), r -> isHeld(r, eventId, round)))
                .map(Letter::new)
                .orElseThrow();
    }

    private static boolean isHeld(ConsumerRecord<byte[], byte[]> record, String eventId, int round) {
        return eventId.equals(KafkaPeer.header(record, "authmail-event-id"))
                && Integer.toString(round).equals(KafkaPeer.header(record, "authmail-held"));
    }

    /** As a crash between the write and the commit does. */
    private static void copyToRetryTopic(String eventId) {
        ConsumerRecord<byte[], byte[]> record =
                authmail.kafka().await(authmail.retry("2s"), r -> isHeld(r, eventId, 2));
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        authmail.kafka().send(record.topic(), new String(record.key(), UTF_8), record.value(), headers);
    }

    /** Writes what the command would have written then, and waits until both replicas know it. */
    private static void holdSince(Duration ago, HoldScope scope) {
        Hold hold = new Hold(scope, Instant.now().minus(ago).truncatedTo(ChronoUnit.MILLIS), null, null);
        authmail.kafka().send(authmail.state(), hold.key(), hold.toJson(), Map.of());
        awaitHeld(1);
    }

    private static void awaitHeld(int count) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Stream.of(authmail.context(), other)
                        .allMatch(replica ->
                                replica.getBean(Holds.class).inForce().size() == count));
    }

    /** Runs a command as the jar does and returns its exit status. */
    private static int run(String... arguments) {
        Stream<String> settings = Stream.of(
                "--authmail.kafka.brokers=" + Broker.address(),
                "--authmail.topics.state=" + authmail.state(),
                "--authmail.relays.relay.host=" + TestAuthmail.RELAY_NAME);
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        return Authmail.commands(InputStream.nullInputStream(), nowhere)
                .run(Stream.concat(Stream.of(arguments), settings).toArray(String[]::new))
                .orElseThrow();
    }
}
