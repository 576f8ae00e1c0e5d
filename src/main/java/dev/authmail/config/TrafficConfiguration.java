package dev.authmail.config;

import dev.authmail.kafka.StateWriter;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.traffic.BreakerSettings;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closure;
import dev.authmail.traffic.ClosureSettings;
import dev.authmail.traffic.Closures;
import dev.authmail.traffic.Connections;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps mails from going somewhere, beside operators: breakers, closed providers, limits. */
@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.traffic");
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private final AuthmailSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TrafficConfiguration(AuthmailSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    @Bean
    Breakers breakers(PooledSmtpTransport transport) {
        AuthmailSettings.Smtp.Breaker breaker = settings.smtp().breaker();
        BreakerSettings checked = Checked.setting(
                "authmail.smtp.breaker",
                () -> new BreakerSettings(breaker.failures(), breaker.open(), breaker.longest()));
        Breakers breakers = new Breakers(checked, transport::answers, this::tell, clock);
        Relays.hops(settings)
                .forEach(hop -> Gauge.builder(
                                "authmail.breakers.open", breakers, b -> b.open(to -> hop(to).equals(hop)))
                        .description("Servers that are passed by")
                        .tag("hop", hop)
                        .register(meters));
        return breakers;
    }

    private void tell(Destination where, boolean open) {
        LOG.warn(
                "breaker={} provider={} server={}",
                open ? "open" : "closed",
                where.provider(),
                where.server().label());
        Counter.builder("authmail.breaker.changes")
                .description("Breakers of servers that opened or closed")
                .tag("hop", hop(where))
                .tag("state", open ? "open" : "closed")
                .register(meters)
                .increment();
    }

    /** Relays are few and have names; the providers of MX hosts are without number. */
    private String hop(Destination where) {
        return settings.relays().containsKey(where.provider()) ? where.provider() : "direct";
    }

    @Bean(destroyMethod = "close")
    StateWriter stateWriter() {
        return new StateWriter(
                KafkaClients.properties(settings.kafka()), settings.topics().state());
    }

    @Bean
    Connections connections() {
        int limit = settings.smtp().maxConnectionsPerServer();
        return new Connections(provider -> limit, settings.direct().maxWait());
    }

    @Bean
    Closures closures(StateWriter writer, Connections connections) {
        byte[] name = new byte[4];
        random.nextBytes(name);
        Closures closures = new Closures(
                HexFormat.of().formatHex(name),
                closureSettings(),
                (key, value, failed) -> writer.write(key, value, refused -> {
                    LOG.warn("state={} not written: {}", key, refused.toString());
                    failed.run();
                }),
                new ClosureLog(connections),
                clock);
        Gauge.builder("authmail.closed.providers", closures, c -> c.inForce().size())
                .description("Providers that refused us and get no direct mail")
                .register(meters);
        return closures;
    }

    /** Replicas do not probe in the same moment. */
    private ClosureSettings closureSettings() {
        Duration first = settings.direct().closedFor();
        long most = Math.min(LONGEST_DELAY.toMillis(), first.toMillis() / 10);
        return Checked.setting(
                "authmail.direct.closed-for",
                () -> new ClosureSettings(
                        first,
                        settings.direct().closedAtMost(),
                        Duration.ofMillis(random.nextLong(Math.max(1, most)))));
    }

    /** Gates of the direct route. */
    static Gate direct(Breakers breakers, Closures closures, Connections connections) {
        return Gate.all(List.of(closures, breakers, connections));
    }

    private record ClosureLog(Connections connections) implements Closures.Listener {
        @Override
        public void closed(Closure closure) {
            LOG.warn(
                    "closed=\"direct to {}\" until={} times={} rule={} reply=\"{}\"",
                    closure.provider(),
                    closure.until(),
                    closure.times(),
                    closure.cause(),
                    closure.reply().replace('"', ' '));
        }

        @Override
        public void opened(Closure closure) {
            connections.beginSlowly(closure.provider());
            LOG.warn("opened=\"direct to {}\" since={}", closure.provider(), closure.since());
        }
    }
}
