package dev.authmail.camel;

import dev.authmail.event.RegistrationEvent;
import dev.authmail.outcome.HopFacts;
import dev.authmail.outcome.LastFailures;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.outcome.Report;
import dev.authmail.outcome.TlsFacts;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One log line and one count for each outcome. Neither shows a person: no address, no user, no URL. */
public final class OutcomeLog {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.outcome");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\"]");

    private final OutcomeMeters meters;
    private final LastFailures failures;
    private final Clock clock;

    /**
     * @param meters count and time what is logged
     * @param failures keep the last that were not accepted
     * @param clock says when that was
     */
    public OutcomeLog(OutcomeMeters meters, LastFailures failures, Clock clock) {
        this.meters = meters;
        this.failures = failures;
        this.clock = clock;
    }

    void record(OutcomeType type, Report report, @Nullable RegistrationEvent event) {
        meters.record(type, report, event);
        failures.add(clock.instant(), type, report);
        log(type, report);
    }

    /** The same once more as fields, for logs that are JSON. */
    private static void log(OutcomeType type, Report report) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("eventId", report.eventId().value())
                .addKeyValue("outcome", type.type())
                .addKeyValue("attempt", report.attempts());
        if (report.reason() != null) {
            line = line.addKeyValue("reason", report.reason().code());
        }
        if (report.fault() != null) {
            line = line.addKeyValue("fault", report.fault().code());
        }
        line.log(line(type, report));
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
            add(line, "route", OutcomeMeters.route(facts));
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
            String safe = UNSAFE.matcher(value).replaceAll(" ");
            boolean plain = safe.indexOf(' ') < 0;
            line.append(' ').append(key).append('=').append(plain ? safe : '"' + safe + '"');
        }
    }
}
