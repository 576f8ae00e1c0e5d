package dev.authmail.camel;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and one count for each outcome. Neither shows a person: no address, no user, no URL. */
public final class OutcomeLog {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.outcome");

    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * @param meters where outcomes are counted
     * @param clock tells how long an event took
     */
    public OutcomeLog(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void record(OutcomeType type, Report report, @Nullable RegistrationEvent event) {
        count(type, report);
        if (type == OutcomeType.ACCEPTED && event != null) {
            Timer.builder("authmail.event.to.accepted")
                    .description("From the event to the server's 250")
                    .publishPercentileHistogram()
                    .register(meters)
                    .record(Duration.between(event.time(), clock.instant()));
        }
        LOG.info(line(type, report));
    }

    private void count(OutcomeType type, Report report) {
        Counter.builder("authmail.outcomes")
                .description("What became of events")
                .tag("type", type.type())
                .tag(
                        "reason",
                        report.reason() == null ? "none" : report.reason().code())
                .tag("fault", report.fault() == null ? "none" : report.fault().code())
                .tag("route", route(report.facts()))
                .register(meters)
                .increment();
    }

    private static String line(OutcomeType type, Report report) {
        StringBuilder line = new StringBuilder("outcome=").append(type.type());
        add(line, "event", report.eventId().value());
        add(line, "source", report.source());
        add(line, "attempt", Integer.toString(report.attempts()));
        add(line, "reason", report.reason() == null ? null : report.reason().code());
        add(line, "fault", report.fault() == null ? null : report.fault().code());
        HopFacts facts = report.facts();
        if (facts != null) {
            add(line, "route", route(facts));
            add(line, "hop", facts.nextHop());
            add(
                    line,
                    "reply",
                    facts.reply() == null
                            ? null
                            : Integer.toString(facts.reply().code()));
            addTls(line, facts.tls());
        }
        add(line, "detail", report.detail());
        return line.toString();
    }

    private static void addTls(StringBuilder line, TlsFacts tls) {
        add(line, "tls", tls.session() == null ? null : tls.session().protocol());
        add(line, "tlsPolicy", tls.policy() == null ? null : tls.policy().code());
        add(line, "tlsFailure", tls.failure() == null ? null : tls.failure().code());
    }

    private static void add(StringBuilder line, String key, @Nullable String value) {
        if (value != null) {
            String safe = value.replaceAll("[\\p{Cntrl}\"]", " ");
            boolean plain = safe.indexOf(' ') < 0;
            line.append(' ').append(key).append('=').append(plain ? safe : '"' + safe + '"');
        }
    }

    private static String route(@Nullable HopFacts facts) {
        return facts == null ? "none" : facts.route().name().toLowerCase(Locale.ROOT);
    }
}
