package dev.authmail.config;

import dev.authmail.camel.DescribeSuppression;
import dev.authmail.camel.LearnSuppression;
import dev.authmail.camel.RefuseSuppressed;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.suppression.SuppressionKeys;
import dev.authmail.suppression.Suppressions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The addresses that get no mail, and the steps that ask and tell. */
@Configuration(proxyBeanMethods = false)
class SuppressionConfiguration {
    private final AuthmailSettings settings;
    private final Clock clock;

    SuppressionConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    Suppressions suppressions(MeterRegistry meters) {
        Path folder = settings.suppression().folder();
        SuppressionKeys keys = folder == null
                ? null
                : Checked.setting("authmail.suppression.keys", () -> SuppressionKeys.read(folder));
        Suppressions suppressions = new Suppressions(keys, clock);
        Gauge.builder("authmail.suppressions", suppressions, Suppressions::size)
                .description("Addresses that get no mail")
                .register(meters);
        return suppressions;
    }

    @Bean(destroyMethod = "close")
    TopicFollower suppressionFollower(Suppressions suppressions) {
        return new TopicFollower(
                KafkaClients.properties(settings.kafka()),
                settings.topics().suppressions(),
                null,
                suppressions::learn,
                clock);
    }

    @Bean
    RefuseSuppressed refuseSuppressed(Suppressions suppressions) {
        return new RefuseSuppressed(suppressions);
    }

    @Bean
    DescribeSuppression describeSuppression(Suppressions suppressions) {
        return new DescribeSuppression(suppressions, settings.suppression().lasts(), clock);
    }

    @Bean
    LearnSuppression learnSuppression(Suppressions suppressions) {
        return new LearnSuppression(suppressions);
    }
}
