package dev.authmail.camel;

import static dev.authmail.testkit.KafkaPeer.header;
import static dev.authmail.testkit.KafkaPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.kafka.KafkaConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was written decides, not what the route says of it. */
class RecordedWritesTest {
    private final TrackedRoutes routes = new TrackedRoutes();

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void aWriteThatKafkaAcknowledgedSettlesTheRecord() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails).to("kafka:" + routes.outcomes);
        });
        routes.send(routes.mails, "one");
        routes.send(routes.mails, "two");

        routes.awaitCommitted(routes.mails, 2);
        assertThat(routes.peer.await(routes.outcomes, 2, r -> true)).hasSize(2);
        assertThat(routes.peer.seen(routes.letters)).isEmpty();
    }

    @Test
    void aWriteOnAnotherThreadCountsToo() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails).to("seda:later");
            r.from("seda:later").to("kafka:" + routes.outcomes);
        });
        routes.send(routes.mails, "one");

        routes.awaitCommitted(routes.mails, 1);
        assertThat(routes.peer.seen(routes.letters)).isEmpty();
    }

    @Test
    void aWriteToATopicOfTheUsersOwnDoesNot() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails).to("kafka:" + routes.elsewhere);
        });
        routes.send(routes.mails, "one");

        assertThat(text(routes.peer.await(routes.letters, r -> true))).isEqualTo("one");
        assertThat(routes.peer.await(routes.elsewhere, r -> true)).isNotNull();
        routes.awaitCommitted(routes.mails, 1);
    }

    @Test
    void aWriteThatFailedDoesNotEvenWhenTheRouteGoesOn() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails)
                    .routeId("receive")
                    .onException(Exception.class)
                    .handled(true)
                    .end()
                    .to("kafka:" + routes.name + ".no-such-topic");
        });
        routes.send(routes.mails, "one");

        assertThat(header(routes.peer.await(routes.letters, r -> true), "authmail-detail"))
                .startsWith("the route ended without an outcome at route receive");
    }

    @Test
    void aRouteCannotClaimAWrite() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails)
                    .setHeader(KafkaConstants.KAFKA_RECORD_META, r.constant("written"))
                    .setProperty("authmail.recorded", r.constant(true))
                    .to("mock:nowhere");
        });
        routes.send(routes.mails, "one");

        assertThat(text(routes.peer.await(routes.letters, r -> true))).isEqualTo("one");
    }
}
