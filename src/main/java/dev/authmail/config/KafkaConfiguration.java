package dev.authmail.config;

import dev.authmail.camel.DecideNextStep;
import dev.authmail.camel.RecordedWrites;
import dev.authmail.camel.RetryTopics;
import dev.authmail.camel.StepTrail;
import dev.authmail.camel.TracedSteps;
import dev.authmail.camel.TrackedIntake;
import dev.authmail.camel.TrackingClients;
import dev.authmail.camel.Unfinished;
import dev.authmail.camel.WireHeaders;
import dev.authmail.camel.WriteAgain;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.kafka.Gate;
import dev.authmail.kafka.InFlight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How camel-kafka reads and writes. All of it stands here, so that a route's endpoint names its topic and nothing else,
 * and a user's own Kafka routes are tracked too.
 */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {
    private static final int POLL_TIMEOUT_MILLIS = 500;
    /** A person waits: after a crash the others have its partitions so soon. Kafka's own 45 s suit batch jobs. */
    private static final int SESSION_MILLIS = 10_000;

    /** Beside the attempt there are writes to Kafka; when they take longer, somebody should look. */
    private static final Duration LONGER_THAN_ANY_ATTEMPT = Duration.ofMinutes(5);

    /** The mail has gone by then. Under load the records of many mails go in one request, which costs less everywhere. */
    private static final int LINGER_MILLIS = 5;

    private static final int WRITE_AGAIN_MILLIS = 1_000;
    private static final int WRITE_AGAIN_AT_MOST_MILLIS = 30_000;

    private final AuthmailSettings settings;

    KafkaConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean
    InFlight inFlight(MeterRegistry meters) {
        AuthmailSettings.Kafka kafka = settings.kafka();
        InFlight inFlight = Checked.setting(
                "authmail.kafka.max-in-flight",
                () -> new InFlight(kafka.maxInFlightPerPartition(), kafka.maxInFlight()));
        Gauge.builder("authmail.in.flight", inFlight, InFlight::total)
                .description("Events that were read and have no outcome yet")
                .register(meters);
        return inFlight;
    }

    @Bean("intakeHealthIndicator")
    IntakeHealth intakeHealth(InFlight inFlight, MeterRegistry meters, Clock clock) {
        Duration alarm = settings.kafka().openAlarm();
        IntakeHealth health = new IntakeHealth(
                inFlight,
                alarm == null ? settings.smtp().attemptTimeout().plus(LONGER_THAN_ANY_ATTEMPT) : alarm,
                clock);
        gauge("authmail.oldest.open.event", "How long the oldest event under way has been open", health::oldestOpen)
                .register(meters);
        gauge("authmail.oldest.open.event.alarm", "From when on that makes health DOWN", health::alarm)
                .register(meters);
        return health;
    }

    private static Gauge.Builder<?> gauge(String name, String description, Supplier<Duration> value) {
        return Gauge.builder(name, () -> value.get().toMillis() / 1000.0)
                .description(description)
                .baseUnit("seconds");
    }

    @Bean
    RetryTopics retryTopics(RetrySchedule schedule, Clock clock) {
        return new RetryTopics(settings.topics().retry(), schedule.tiers(), clock);
    }

    @Bean(destroyMethod = "close")
    Unfinished unfinished(CamelContext context, RetryTopics retryTopics, DecideNextStep decideNextStep) {
        return new Unfinished(
                context,
                "direct:give-up",
                topic -> topic.equals(settings.topics().registrations()) || retryTopics.contains(topic),
                decideNextStep);
    }

    @Bean("kafka")
    KafkaComponent kafka(
            CamelContext context,
            InFlight inFlight,
            RetryTopics retryTopics,
            Gate gate,
            Unfinished unfinished,
            Clock clock) {
        KafkaComponent component = new KafkaComponent(context);
        component.setConfiguration(endpoints());
        component.setKafkaClientFactory(new TrackingClients(
                inFlight, retryTopics, gate, settings.kafka().drain(), clock));
        component.setKafkaManualCommitFactory(new TrackedIntake(unfinished));
        return component;
    }

    private org.apache.camel.component.kafka.KafkaConfiguration endpoints() {
        var endpoints = new org.apache.camel.component.kafka.KafkaConfiguration();
        AuthmailSettings.Kafka kafka = settings.kafka();
        endpoints.setBrokers(KafkaClients.brokers(kafka));
        endpoints.setHeaderFilterStrategy(new WireHeaders());
        consumer(endpoints, kafka);
        producer(endpoints, kafka);
        KafkaClients.refuseOurs(kafka.properties());
        Map<String, Object> more = new HashMap<>(kafka.properties());
        endpoints.setAdditionalProperties(more);
        return endpoints;
    }

    private static void consumer(
            org.apache.camel.component.kafka.KafkaConfiguration endpoints, AuthmailSettings.Kafka kafka) {
        endpoints.setGroupId(kafka.group());
        endpoints.setConsumersCount(kafka.consumers());
        endpoints.setKeyDeserializer(ByteArrayDeserializer.class.getName());
        endpoints.setValueDeserializer(ByteArrayDeserializer.class.getName());
        // A new group begins at the beginning: an event that waits for its first reader is not lost.
        endpoints.setAutoOffsetReset("earliest");
        // Commits are the tracker's alone.
        endpoints.setAutoCommitEnable(false);
        endpoints.setAllowManualCommit(true);
        endpoints.setBreakOnFirstError(false);
        endpoints.setPollOnError(PollOnError.RECONNECT);
        endpoints.setMaxPollRecords(kafka.maxPollRecords());
        endpoints.setPollTimeoutMs((long) POLL_TIMEOUT_MILLIS);
        endpoints.setPartitionAssignor(CooperativeStickyAssignor.class.getName());
        endpoints.setSessionTimeoutMs(SESSION_MILLIS);
        endpoints.setMetadataMaxAgeMs(30_000);
    }

    private static void producer(
            org.apache.camel.component.kafka.KafkaConfiguration endpoints, AuthmailSettings.Kafka kafka) {
        endpoints.setKeySerializer(ByteArraySerializer.class.getName());
        endpoints.setValueSerializer(ByteArraySerializer.class.getName());
        endpoints.setRequestRequiredAcks("all");
        endpoints.setUseIterator(false);
        endpoints.setLingerMs(LINGER_MILLIS);
        endpoints.setRecordMetadata(true); // the evidence that RecordedWrites wants
        int largest = Math.toIntExact(kafka.maxRecordSize().toBytes());
        endpoints.setMaxRequestSize(TopicPlan.largestRecord(kafka));
        endpoints.setBufferMemorySize(Math.max(32 * 1024 * 1024, 2 * largest));
    }

    @Bean
    StepTrail stepTrail() {
        return new StepTrail();
    }

    @Bean
    TracedSteps tracedSteps() {
        return new TracedSteps();
    }

    @Bean
    RecordedWrites recordedWrites(RetryTopics retryTopics) {
        AuthmailSettings.Topics topics = settings.topics();
        return new RecordedWrites(
                topic -> topic.equals(topics.deadLetter())
                        || topic.equals(topics.registrations())
                        || topic.equals(topics.quarantine())
                        || retryTopics.contains(topic),
                topics.outcomes());
    }

    /** A write that Kafka did not take is repeated until it does, whatever that takes. */
    @Bean
    RedeliveryPolicy untilKafkaHasIt() {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(-1);
        policy.setRedeliveryDelay(WRITE_AGAIN_MILLIS);
        policy.setUseExponentialBackOff(true);
        policy.setBackOffMultiplier(2);
        policy.setMaximumRedeliveryDelay(WRITE_AGAIN_AT_MOST_MILLIS);
        policy.setAsyncDelayedRedelivery(true);
        policy.setLogStackTrace(false);
        policy.setLogRetryStackTrace(false);
        policy.setLogRetryAttempted(true);
        policy.setRetryAttemptedLogLevel(LoggingLevel.WARN); // under authmail.publish, see failures.camel.yaml
        return policy;
    }

    @Bean
    Predicate whileKafkaFails() {
        return WriteAgain.WHILE_KAFKA_FAILS;
    }

    @Bean
    Predicate whileRetryFits() {
        return WriteAgain.WHILE_A_RETRY_FITS;
    }
}
