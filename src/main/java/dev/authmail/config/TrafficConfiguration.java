package dev.authmail.config;

import dev.authmail.delivery.Provider;
import dev.authmail.kafka.StateWriter;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.traffic.BreakerSettings;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closure;
import dev.authmail.traffic.ClosureSettings;
import dev.authmail.traffic.Closures;
import dev.authmail.traffic.Connections;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import dev.authmail.traffic.ProviderLimits;
import dev.authmail.traffic.Rates;
import dev.authmail.traffic.SharedState;
import dev.authmail.traffic.WarmUp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final String replica;
    private final Function<String, ProviderLimits> limits;

    TrafficConfiguration(AuthmailSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.limits = new SettingsOfDelivery(settings).limits();
        byte[] name = new byte[8];
        random.nextBytes(name);
        this.replica = HexFormat.of().formatHex(name);
    }

    @Bean
    Breakers breakers(PooledSmtpTransport transport) {
        AuthmailSettings.Smtp.Breaker breaker = settings.smtp().breaker();
        BreakerSettings checked = Checked.setting(
                "authmail.smtp.breaker",
                () -> new BreakerSettings(breaker.failures(), breaker.open(), breaker.longest()));
        Breakers breakers = new Breakers(checked, transport::answers, this::tell, clock);
        // All that can be counted is there from the start: a counter that appears with 1 has not increased.
        Relays.hops(settings).forEach(hop -> Stream.of("open", "closed").forEach(state -> changes(hop, state)));
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
        changes(hop(where), open ? "open" : "closed").increment();
    }

    private Counter changes(String hop, String state) {
        return Counter.builder("authmail.breaker.changes")
                .description("Breakers of servers that opened or closed")
                .tag("hop", hop)
                .tag("state", state)
                .register(meters);
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
    SharedState sharedState(StateWriter writer) {
        return (key, value, failed) -> writer.write(key, value, refused -> {
            LOG.warn("state={} not written: {}", key, refused.toString());
            failed.run();
        });
    }

    @Bean
    Connections connections() {
        return new Connections(provider -> limits.apply(provider).connections());
    }

    /** Connections to a provider that begins slowly are not kept: those that are idle count there too. */
    @Bean
    ToIntFunction<SmtpServer> messagesPerConnection(Connections connections) {
        Set<String> relays = settings.relays().values().stream()
                .flatMap(relay -> Stream.ofNullable(relay.host()))
                .map(String::strip)
                .collect(Collectors.toSet());
        int standard = settings.smtp().maxMessagesPerConnection();
        return server -> {
            String provider = Provider.of(server.host()).key();
            if (relays.contains(server.host())) {
                return standard;
            }
            return connections.beginsSlowly(provider)
                    ? 1
                    : limits.apply(provider).messages();
        };
    }

    @Bean
    WarmUps warmUps(SharedState shared) {
        return new WarmUps(new SettingsOfDelivery(settings).warmUp().map(s -> new WarmUp(s, replica, shared, clock)));
    }

    @Bean
    Closures closures(SharedState shared, Connections connections) {
        Closures closures = new Closures(replica, closureSettings(), shared, new ClosureLog(connections), clock);
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

    /** What stands in the way of a relay. Who waited for a connection asks the breaker after that. */
    @Bean
    Gate relayGate(Breakers breakers) {
        int most = settings.smtp().maxConnectionsPerServer();
        return Gate.all(List.of(new Connections(relay -> most), breakers));
    }

    /** What stands in the way of the direct route; the breaker last, as above. */
    @Bean
    Gate directGate(Breakers breakers, Closures closures, Connections connections, WarmUps warmUps) {
        Rates rates = new Rates(provider -> limits.apply(provider).perMinute(), clock);
        List<Gate> gates = new ArrayList<>(List.of(closures, rates));
        warmUps.warmUp().ifPresent(gates::add);
        gates.add(connections);
        gates.add(breakers);
        return Gate.all(gates);
    }

    /** The warm-up, when it is switched on. */
    record WarmUps(Optional<WarmUp> warmUp) {}

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
