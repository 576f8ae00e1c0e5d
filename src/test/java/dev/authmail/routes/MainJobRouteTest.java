package dev.authmail.routes;

import static dev.authmail.testkit.KafkaPeer.header;
import static dev.authmail.testkit.KafkaPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way of an event, on the shipped route files. */
class MainJobRouteTest {
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
    void aMailGoesThroughTheRelayOverTls() {
        authmail.register("relay-1", "hanako@good.test");

        var outcome = outcome("relay-1", "authmail.accepted");
        assertThat(outcome.get("route")).isEqualTo("relay");
        ReceivedMail mail = authmail.relay.mails().getFirst();
        assertThat(mail.to()).isEqualTo("hanako@good.test");
        assertThat(mail.tls()).startsWith("TLSv1.");
    }

    private static java.util.Map<String, Object> outcome(String id, String type) {
        ConsumerRecord<byte[], byte[]> record = authmail.kafka()
                .await(
                        authmail.outcomes(),
                        r -> text(r).contains("\"eventId\":\"" + id + "\"") && text(r).contains(type));
        assertThat(header(record, "content-type")).as("%s", record.headers()).isEqualTo("application/cloudevents+json");
        var tree = new tools.jackson.databind.json.JsonMapper().readTree(record.value());
        java.util.Map<String, Object> data = new java.util.HashMap<>();
        tree.path("data")
                .properties()
                .forEach(e -> data.put(e.getKey(), e.getValue().asString()));
        return data;
    }
}
