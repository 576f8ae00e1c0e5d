package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.delivery.RetrySchedule;
import dev.authmail.kafka.Gate;
import dev.authmail.kafka.InFlight;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A context whose Kafka routes are tracked as the service's are, on a real broker, without Spring. */
final class TrackedRoutes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final String name = UUID.randomUUID().toString();
    /** Its records must have an outcome. */
    final String mails = name + ".registrations";
    /** A user's own. */
    final String foreign = name + ".foreign";
    /** A write to it is an outcome. */
    final String outcomes = name + ".outcomes";
    /** A write to it is not. */
    final String elsewhere = name + ".elsewhere";

    final String letters = name + ".dead-letter";
    final KafkaPeer peer;
    final RetryTopics retryTopics =
            new RetryTopics(name + ".retry", RetrySchedule.defaults().tiers(), Clock.systemUTC());
    private final InFlight inFlight = new InFlight(100, 100);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Unfinished unfinished = new Unfinished(context, "direct:give-up", mails::equals, ended -> {});
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()));

    TrackedRoutes() {
        List<String> topics = List.of(mails, foreign, outcomes, elsewhere, letters);
        try {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        peer = new KafkaPeer(Broker.address(), topics);
        context.addComponent("kafka", kafka());
        context.getCamelContextExtension().addInterceptStrategy(new StepTrail());
        context.getManagementStrategy().addEventNotifier(new RecordedWrites(letters::equals, outcomes));
        context.disableJMX();
    }

    private KafkaComponent kafka() {
        var settings = new KafkaConfiguration();
        settings.setBrokers(Broker.address());
        settings.setGroupId(name);
        settings.setHeaderFilterStrategy(new WireHeaders());
        settings.setKeyDeserializer(ByteArrayDeserializer.class.getName());
        settings.setValueDeserializer(ByteArrayDeserializer.class.getName());
        settings.setKeySerializer(ByteArraySerializer.class.getName());
        settings.setValueSerializer(ByteArraySerializer.class.getName());
        settings.setAutoOffsetReset("earliest");
        settings.setAutoCommitEnable(false);
        settings.setAllowManualCommit(true);
        settings.setPollTimeoutMs(100L);
        settings.setRecordMetadata(true);
        settings.setAdditionalProperties(new HashMap<>(Map.of("max.block.ms", "500"))); // Camel adds to it
        var component = new KafkaComponent(context);
        component.setConfiguration(settings);
        component.setKafkaClientFactory(
                new TrackingClients(inFlight, retryTopics, Gate.OPEN, Duration.ofSeconds(1), Clock.systemUTC()));
        component.setKafkaManualCommitFactory(new TrackedIntake(unfinished));
        return component;
    }

    /** Adds routes and starts. */
    TrackedRoutes start(Consumer<RouteBuilder> routes) {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routes.accept(this);
                }
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        context.start();
        return this;
    }

    /** The route that writes dead letters. */
    void giveUp(RouteBuilder routes) {
        routes.from("direct:give-up")
                .routeId("give-up")
                .errorHandler(routes.noErrorHandler())
                .process(new DescribeDeadLetter(retryTopics, 1_000_000))
                .to("kafka:" + letters);
    }

    void send(String topic, String value) {
        peer.send(topic, "k", value.getBytes(UTF_8), Map.of());
    }

    /** Waits until all records before this offset are committed. */
    void awaitCommitted(String topic, long offset) {
        Awaitility.await("the commit of " + offset).atMost(PATIENCE).until(() -> committed(topic) == offset);
    }

    long committed(String topic) throws InterruptedException, ExecutionException {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(name)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, 0));
        return offset == null ? -1 : offset.offset();
    }

    CamelContext context() {
        return context;
    }

    InFlight inFlight() {
        return inFlight;
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        unfinished.close();
        peer.close();
        admin.close();
    }
}
