package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Broker;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
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
        authmail = new TestAuthmail().start();
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
    void aRetryIsWrittenToItsTierOnceThatTakesIt() {
        authmail.relay.on("RCPT TO:<tier@good.test>").reply("451 4.3.0 later").times(1);
        authmail.mx.on("RCPT TO:<tier@good.test>").reply("451 4.7.1 greylisted").times(1);
        authmail.secondMx
                .on("RCPT TO:<tier@good.test>")
                .reply("451 4.7.1 greylisted")
                .times(1);
        refuseWrites(authmail.retry("1s"));

        authmail.register("tier", "tier@good.test");
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        takeWrites(authmail.retry("1s"));

        authmail.outcome("tier", "accepted");
        assertThat(authmail.relay.mailsTo("tier@good.test")).hasSize(1);
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
