package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.hold.Holds;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A topic that takes no writes for a while costs no event and no second mail. */
class KafkaRefusesRouteTest {
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        // Kafka's own client tries for two seconds, then the route does.
        authmail = new TestAuthmail()
                .set("authmail.kafka.properties.request.timeout.ms", 1500)
                .set("authmail.kafka.properties.delivery.timeout.ms", 2000)
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void aRetryThatIsDueBeforeItsDeferralIsToldIsMade() {
        authmail.relay.on("RCPT TO:<early@good.test>").reply("451 4.3.0 later").times(1);
        authmail.mx
                .on("RCPT TO:<early@good.test>")
                .reply("451 4.7.1 greylisted")
                .times(1);
        authmail.secondMx
                .on("RCPT TO:<early@good.test>")
                .reply("451 4.7.1 greylisted")
                .times(1);
        refuseWrites(authmail.outcomes());

        authmail.register("early", "early@good.test");
        authmail.retryRecord("1s", "early");
        Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true); // the retry is due meanwhile
        takeWrites(authmail.outcomes());

        authmail.outcome("early", "deferred");
        authmail.outcome("early", "accepted");
        assertThat(authmail.relay.mailsTo("early@good.test")).hasSize(1);
    }

    @Test
    void aHeldMailThatIsDueBeforeItsDeferralIsToldIsNotLost() {
        Hold hold = new Hold(
                HoldScope.domain(new Domain("other.test")), Instant.now().truncatedTo(ChronoUnit.MILLIS), null, null);
        Holds holds = authmail.context().getBean(Holds.class);
        holds.learn(hold.key(), hold.toJson());
        refuseWrites(authmail.outcomes());

        authmail.register("held", "held@other.test");
        authmail.retryRecord("1s", "held");
        authmail.retryRecord("3s", "held"); // put back again, while the first record waits for its outcome
        Hold ended = hold.endedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        holds.learn(ended.key(), ended.toJson());
        takeWrites(authmail.outcomes());

        authmail.outcome("held", "accepted");
        assertThat(authmail.relay.mailsTo("held@other.test")).hasSize(1);
    }

    @Test
    void aRetryIsWrittenToItsTierOnceThatTakesIt() {
        authmail.relay.on("RCPT TO:<tier@good.test>").reply("451 4.3.0 later").times(1);
        authmail.mx.on("RCPT TO:<tier@good.test>").reply("451 4.7.1 greylisted").times(1);
        authmail.secondMx
                .on("RCPT TO:<tier@good.test>")
                .reply("451 4.7.1 greylisted")
                .times(1);
        configure(authmail.retry("1s"), "min.insync.replicas", "2");

        authmail.register("tier", "tier@good.test");
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        configure(authmail.retry("1s"), "min.insync.replicas", "1");

        authmail.outcome("tier", "accepted");
        assertThat(authmail.relay.mailsTo("tier@good.test")).hasSize(1);
    }

    @Test
    void aRetryThatIsTooLargeForItsTopicIsADeadLetterThatSaysSo() {
        authmail.relay.on("RCPT TO:<large@").reply("451 4.3.0 later");
        authmail.mx.on("RCPT TO:<large@").reply("451 4.7.1 greylisted");
        authmail.secondMx.on("RCPT TO:<large@").reply("451 4.7.1 greylisted");
        configure(authmail.retry("1s"), "max.message.bytes", "5000");
        byte[] event = "{\"id\": \"large\", \"userId\": \"u\", \"email\": \"large@good.test\"}".getBytes(UTF_8);

        authmail.publish("key", event, Map.of("x-trace", "t".repeat(6000)));

        Letter letter = authmail.deadLetter("large");
        assertThat(letter.reason()).isEqualTo("failed");
        assertThat(letter.detail()).contains("takes no record as large as this", "raise its max.message.bytes");
        assertThat(letter.value()).isEqualTo(event);
        assertThat(authmail.outcome("large", "failed").data("userState")).isEqualTo("our-fault");
        authmail.awaitAllCommitted(authmail.registrations());
        takeWrites(authmail.retry("1s"));
    }

    @Test
    void aDeadLetterThatIsTooLargeForItsTopicGoesWithoutItsValue() {
        configure(authmail.deadLetter(), "max.message.bytes", "3000");

        authmail.register("{\"id\": \"huge\", \"email\": \"%s\"}".formatted("x".repeat(5000)));

        Letter letter = authmail.deadLetter("huge");
        assertThat(letter.reason()).isEqualTo("invalid-event");
        assertThat(letter.detail()).contains("too large for this topic");
        authmail.awaitAllCommitted(authmail.registrations());
    }

    @Test
    void aDeadLetterWhoseHeadersAreTooLargeForItsTopicGoesWithoutThem() {
        configure(authmail.deadLetter(), "max.message.bytes", "3000");

        authmail.publish("key", "{\"id\": \"headers\"}".getBytes(UTF_8), Map.of("x-trace", "t".repeat(6000)));

        Letter letter = authmail.deadLetter("headers");
        assertThat(letter.reason()).isEqualTo("invalid-event");
        assertThat(letter.detail()).endsWith("; so are its key and headers");
        assertThat(letter.key()).isNull();
        assertThat(letter.header("x-trace")).isNull();
        authmail.awaitAllCommitted(authmail.registrations());
    }

    @Test
    void anEventWithAKeyThatIsLargerThanALedgerEntryMayBeIsSettled() {
        authmail.publish(
                "k".repeat(900_000),
                "{\"id\": \"key\", \"userId\": \"u\", \"email\": \"key@good.test\"}".getBytes(UTF_8),
                Map.of());

        authmail.outcome("key", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());
    }

    private static void refuseWrites(String topic) {
        configure(topic, "max.message.bytes", "1");
    }

    private static void takeWrites(String topic) {
        configure(topic, "max.message.bytes", "1000000");
    }

    private static void configure(String topic, String name, String value) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var entry = new ConfigEntry(name, value);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
