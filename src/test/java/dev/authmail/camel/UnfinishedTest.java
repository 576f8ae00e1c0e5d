package dev.authmail.camel;

import static dev.authmail.testkit.KafkaPeer.header;
import static dev.authmail.testkit.KafkaPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.LoggingLevel;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnfinishedTest {
    private final TrackedRoutes routes = new TrackedRoutes();

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void aRouteThatEndsWithoutAnOutcomeLeavesADeadLetter() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails)
                    .routeId("receive")
                    .filter(r.simple("${body} == 'never'"))
                    .id("a-filter-of-mine")
                    .to("kafka:" + routes.outcomes);
        });
        routes.send(routes.mails, "{}");

        ConsumerRecord<byte[], byte[]> letter = routes.peer.await(routes.letters, r -> true);
        assertThat(text(letter)).isEqualTo("{}");
        assertThat(letter.key()).isEqualTo(new byte[] {'k'});
        assertThat(header(letter, "authmail-reason")).isEqualTo("failed");
        assertThat(header(letter, "authmail-fault")).isEqualTo("self");
        assertThat(header(letter, "authmail-source")).isEqualTo(routes.mails + "-0@0");
        assertThat(header(letter, "authmail-detail"))
                .isEqualTo("the route ended without an outcome at route receive, step a-filter-of-mine");
        routes.awaitCommitted(routes.mails, 1);
    }

    @Test
    void aStepThatThrowsIsNamedWithoutItsWords() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.mails)
                    .routeId("receive")
                    .errorHandler(r.noErrorHandler())
                    .process(exchange -> {
                        throw new IllegalStateException("hanako@b.test");
                    })
                    .id("a-step-of-mine");
        });
        routes.send(routes.mails, "{}");

        ConsumerRecord<byte[], byte[]> letter = routes.peer.await(routes.letters, r -> true);
        assertThat(header(letter, "authmail-detail"))
                .isEqualTo("the route ended without an outcome at route receive, step a-step-of-mine"
                        + " with IllegalStateException");
        routes.awaitCommitted(routes.mails, 1);
    }

    @Test
    void theLetterIsWrittenAgainUntilKafkaHasItAndNothingIsCommittedBefore() {
        AtomicInteger tries = new AtomicInteger();
        routes.start(r -> {
            r.from("direct:give-up")
                    .errorHandler(r.noErrorHandler())
                    .process(exchange -> failTwice(tries))
                    .process(new DescribeDeadLetter(routes.retryTopics, 1_000_000))
                    .to("kafka:" + routes.letters);
            r.from("kafka:" + routes.mails).log(LoggingLevel.DEBUG, "dropped");
        });
        routes.send(routes.mails, "{}");

        routes.peer.await(routes.letters, r -> true);
        routes.awaitCommitted(routes.mails, 1);
        assertThat(tries).hasValue(3);
        assertThat(routes.peer.seen(routes.letters)).hasSize(1);
    }

    private void failTwice(AtomicInteger tries) throws Exception {
        assertThat(routes.committed(routes.mails)).isLessThan(1);
        if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("no broker");
        }
    }

    @Test
    void aRecordOfAnotherTopicMayEndSilently() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.foreign).log(LoggingLevel.DEBUG, "seen");
        });
        routes.send(routes.foreign, "anything");
        routes.send(routes.foreign, "anything");

        routes.awaitCommitted(routes.foreign, 2);
        assertThat(routes.peer.seen(routes.letters)).isEmpty();
        assertThat(routes.inFlight().total()).isZero();
    }

    @Test
    void aRecordOfAnotherTopicThatFailsDoesNot() {
        routes.start(r -> {
            routes.giveUp(r);
            r.from("kafka:" + routes.foreign)
                    .errorHandler(r.noErrorHandler())
                    .throwException(new IllegalStateException("broken"));
        });
        routes.send(routes.foreign, "anything");

        assertThat(text(routes.peer.await(routes.letters, r -> true))).isEqualTo("anything");
        routes.awaitCommitted(routes.foreign, 1);
    }
}
