package dev.authmail.config;

import dev.authmail.camel.OutcomeMeters;
import dev.authmail.camel.RetryTopics;
import dev.authmail.kafka.GroupLag;
import dev.authmail.smtp.PoolStats;
import dev.authmail.smtp.PooledSmtpTransport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Numbers of what has none of its own; {@code docs/metrics.md} lists all. */
@Configuration(proxyBeanMethods = false)
class MetersConfiguration {
    private static final Duration LOOK_AT_LAG = Duration.ofSeconds(10);

    private final AuthmailSettings settings;
    private final Clock clock;

    MetersConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    OutcomeMeters outcomeMeters(MeterRegistry meters) {
        return new OutcomeMeters(meters, new SettingsOfDelivery(settings).namedProviders()::contains, clock);
    }

    @Bean
    MeterBinder smtpConnections(PooledSmtpTransport transport) {
        return meters -> {
            connections(transport, "active", PoolStats::active, meters);
            connections(transport, "idle", PoolStats::idle, meters);
            Gauge.builder("authmail.smtp.waiting", transport, t -> t.stats().waiting())
                    .description("Mails that wait for a free connection")
                    .register(meters);
            FunctionCounter.builder(
                            "authmail.smtp.opened", transport, t -> t.stats().opened())
                    .description("Connections that were dialled, those that failed included")
                    .register(meters);
        };
    }

    private static void connections(
            PooledSmtpTransport transport, String state, ToDoubleFunction<PoolStats> count, MeterRegistry meters) {
        Gauge.builder("authmail.smtp.connections", transport, t -> count.applyAsDouble(t.stats()))
                .description("Connections to SMTP servers")
                .tag("state", state)
                .register(meters);
    }

    @Bean(destroyMethod = "close")
    GroupLag groupLag(RetryTopics retryTopics, MeterRegistry meters) {
        String registrations = settings.topics().registrations();
        List<String> topics = Stream.concat(Stream.of(registrations), retryTopics.names().stream())
                .toList();
        GroupLag lag = new GroupLag(
                KafkaClients.properties(settings.kafka()), settings.kafka().group(), topics, LOOK_AT_LAG, clock);
        topics.forEach(topic -> Gauge.builder("authmail.lag", lag, l -> l.of(topic))
                .description("Records that the group has not finished, all partitions and replicas")
                .tag("topic", topic)
                .tag("kind", topic.equals(registrations) ? "registrations" : "retry")
                .register(meters));
        return lag;
    }
}
