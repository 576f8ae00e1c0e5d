package dev.authmail.config;

import dev.authmail.camel.RetryTopics;
import dev.authmail.doctor.Findings;
import dev.authmail.hold.Holds;
import dev.authmail.kafka.GroupLag;
import dev.authmail.kafka.InFlight;
import dev.authmail.outcome.LastFailures;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operator's page. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {
    @Bean
    LastFailures lastFailures() {
        return new LastFailures();
    }

    @Bean
    @ConditionalOnAvailableEndpoint(OperatorEndpoint.class)
    OperatorEndpoint operatorEndpoint(
            AuthmailSettings settings,
            CamelContext context,
            InFlight inFlight,
            GroupLag lag,
            RetryTopics retryTopics,
            Holds holds,
            Closures closures,
            Breakers breakers,
            LastFailures failures,
            Findings findings,
            MeterRegistry meters,
            TemplateRenderer renderer,
            Clock clock) {
        List<String> topics = Stream.concat(Stream.of(settings.topics().registrations()), retryTopics.names().stream())
                .toList();
        return new OperatorEndpoint(new OperatorView(
                settings, context, inFlight, lag, topics, holds, closures, breakers, failures, findings, meters,
                renderer, clock));
    }
}
