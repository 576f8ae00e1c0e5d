package dev.authmail.camel;

import dev.authmail.delivery.Provider;
import dev.authmail.delivery.Route;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.outcome.HopFacts;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.outcome.Report;
import dev.authmail.outcome.TlsFacts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Counts and times outcomes. No label shows a person, a host or a domain: a stranger could make as many as he likes. */
public final class OutcomeMeters {
    private static final String NONE = "none";
    private static final String OTHER = "other";
    /** What people wait for (seconds), what greylisting costs (minutes), what a bad day costs (hours). */
    private static final Duration[] SERVICE_LEVELS = LongStream.of(
                    1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final Timer eventToAccepted;
    private final Predicate<String> named;
    private final Clock clock;

    /**
     * @param meters where outcomes are counted
     * @param named the providers that labels name; all others are {@code other}
     * @param clock tells how long an event took
     */
    public OutcomeMeters(MeterRegistry meters, Predicate<String> named, Clock clock) {
        this.meters = meters;
        this.named = named;
        this.clock = clock;
        this.eventToAccepted = Timer.builder("authmail.event.to.accepted")
                .description("From the event to the server's 250")
                .serviceLevelObjectives(SERVICE_LEVELS)
                .register(meters);
    }

    void record(OutcomeType type, Report report, @Nullable RegistrationEvent event) {
        HopFacts facts = report.facts();
        count(type, report, facts);
        if (type == OutcomeType.ACCEPTED && event != null) {
            eventToAccepted.record(Duration.between(event.time(), clock.instant()));
        }
        if (facts != null) {
            time(report, facts);
            count(facts.tls(), route(facts));
        }
    }

    private void count(OutcomeType type, Report report, @Nullable HopFacts facts) {
        Counter.builder("authmail.outcomes")
                .description("What became of events")
                .tag("type", type.type())
                .tag("reason", report.reason() == null ? NONE : report.reason().code())
                .tag("fault", report.fault() == null ? NONE : report.fault().code())
                .tag("route", route(facts))
                .tag("provider", provider(facts))
                .register(meters)
                .increment();
    }

    private void time(Report report, HopFacts facts) {
        if (report.lastAttempt() != null) {
            Timer.builder("authmail.attempt")
                    .description("From the begin of an attempt to its outcome, all hops")
                    .tag("route", route(facts))
                    .tag("provider", provider(facts))
                    .register(meters)
                    .record(Duration.between(report.lastAttempt(), clock.instant()));
        }
    }

    private void count(TlsFacts tls, String route) {
        Counter.builder("authmail.tls")
                .description("Deciding conversations by what TLS they had")
                .tag("route", route)
                .tag("version", tls.session() == null ? NONE : tls.session().protocol())
                .tag("policy", tls.policy() == null ? NONE : tls.policy().code())
                .tag("failure", tls.failure() == null ? NONE : tls.failure().code())
                .register(meters)
                .increment();
    }

    /** Only of MX hosts: what is behind a relay is not seen. */
    private String provider(@Nullable HopFacts facts) {
        if (facts == null || facts.route() == Route.RELAY || facts.nextHop() == null) {
            return NONE;
        }
        String host = facts.nextHop().replaceFirst("\\[.*", "").toLowerCase(Locale.ROOT);
        String key = Provider.of(host).key();
        return named.test(key) ? key : OTHER;
    }

    static String route(@Nullable HopFacts facts) {
        return facts == null ? NONE : facts.route().name().toLowerCase(Locale.ROOT);
    }
}
