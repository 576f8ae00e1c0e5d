package dev.authmail.config;

import dev.authmail.camel.HeedHolds;
import dev.authmail.camel.HeedQuietHours;
import dev.authmail.camel.HoldBack;
import dev.authmail.camel.RetryTopics;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.doctor.Findings;
import dev.authmail.hold.Hold;
import dev.authmail.hold.Holds;
import dev.authmail.hold.QuietHours;
import dev.authmail.kafka.Gate;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.traffic.Closures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators hold back, and who heeds it. */
@Configuration(proxyBeanMethods = false)
class HoldConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.hold");

    private final AuthmailSettings settings;
    private final Clock clock;

    HoldConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    Holds holds(MeterRegistry meters) {
        Holds holds = new Holds(Relays.hops(settings), clock);
        Gauge.builder("authmail.holds", holds, h -> h.inForce().size())
                .description("Holds that are in force")
                .register(meters);
        return holds;
    }

    /** Follows the state topic; each takes what is its own. */
    @Bean(destroyMethod = "close")
    TopicFollower stateFollower(
            Holds holds, Closures closures, Findings findings, TrafficConfiguration.WarmUps warmUps) {
        return new TopicFollower(
                KafkaClients.properties(settings.kafka()),
                settings.topics().state(),
                null,
                (key, value) -> {
                    holds.learn(key, value).ifPresent(HoldConfiguration::tell);
                    closures.learn(key, value);
                    findings.learn(key, value);
                    warmUps.warmUp().ifPresent(warmUp -> warmUp.learn(key, value));
                },
                clock);
    }

    private static void tell(Hold hold) {
        if (hold.inForce()) {
            LOG.warn(
                    "hold=\"{}\" since={} why=\"{}\"",
                    hold.scope(),
                    hold.since(),
                    hold.why() == null ? "" : hold.why());
        } else {
            LOG.warn("resumed=\"{}\" since={} until={}", hold.scope(), hold.since(), hold.until());
        }
    }

    /** While everything is held, registrations and retries stay in their topics; a user's own routes go on. */
    @Bean
    Gate gate(Holds holds, RetryTopics retryTopics) {
        return topic -> !holds.holdEverything()
                || !(topic.equals(settings.topics().registrations()) || retryTopics.contains(topic));
    }

    @Bean
    HoldBack holdBack(RetrySchedule schedule, RetryTopics retryTopics) {
        return new HoldBack(schedule, retryTopics, clock);
    }

    @Bean
    HeedHolds heedHolds(Holds holds, HoldBack holdBack) {
        return new HeedHolds(holds, holdBack);
    }

    /** No shipped route has this step; routes/recipes/night shows it. */
    @Bean
    HeedQuietHours heedQuietHours(HoldBack holdBack) {
        AuthmailSettings.Quiet quiet = settings.quietHours();
        QuietHours hours =
                Checked.setting("authmail.quiet-hours.time", () -> QuietHours.parse(quiet.time(), quiet.timeZone()));
        return new HeedQuietHours(hours, holdBack, clock);
    }
}
