package dev.authmail.camel;

import dev.authmail.bounce.ProviderReportReader;
import dev.authmail.kafka.Ticket;
import dev.authmail.mapping.MappedReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one report of a provider, the body, and says at its end whether it is dealt with: when Kafka has what follows from
 * it, or nothing follows. What breaks us is put aside, with the verdict {@code unreadable}.
 */
public final class ReadProviderReport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.bounce");
    /** A provider's clock that is further ahead of ours tells nothing of when something came about. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final ProviderReportReader reader;
    private final ReturnLog log;
    private final Clock clock;

    /**
     * @param reader says what a report means
     * @param log counts what cannot be read
     * @param clock tells how old a report is
     */
    public ReadProviderReport(ProviderReportReader reader, ReturnLog log, Clock clock) {
        this.reader = reader;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        MappedReport report = exchange.getMessage().getMandatoryBody(MappedReport.class);
        // Each has evidence of its own: what was written for another of the request proves nothing for this one.
        Intake intake = new Intake(Intake.of(exchange).record(), Ticket.NONE, exchange.getFromRouteId());
        intake.goWith(exchange);
        exchange.getExchangeExtension().addOnCompletion(new Ending(Variables.HOOK_REPORTS.of(exchange), intake));
        Variables.TAKEN.set(exchange, new TakenMail(report.json(), "application/json", false, '/', since(report), 0));
        try {
            Variables.BOUNCE.set(exchange, reader.read(report.report()));
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.error("report=unreadable cause={}", broken.getClass().getSimpleName());
            Variables.VERDICT.set(exchange, "unreadable");
            log.unreadable();
        }
    }

    private Instant since(MappedReport report) {
        return report.at().filter(clock.instant().plus(CLOCKS_DIFFER)::isAfter).orElse(Instant.EPOCH);
    }

    private static final class Ending extends SynchronizationAdapter {
        private final HookReports reports;
        private final Intake intake;

        Ending(HookReports reports, Intake intake) {
            this.reports = reports;
            this.intake = intake;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (isDealtWith(exchange)) {
                reports.settled();
            } else {
                LOG.error("report=unsettled: the route ended without what had to be written");
            }
        }

        private boolean isDealtWith(Exchange exchange) {
            String verdict = Variables.VERDICT.orNull(exchange);
            return switch (verdict == null ? "" : verdict) {
                case "harmless", "repeated" -> true;
                case "returned" -> intake.isRecorded() && Variables.STANDING.orNull(exchange) != null;
                case "unmatched", "unreadable" -> intake.isRecorded();
                default -> false;
            };
        }

        @Override
        public void onFailure(Exchange exchange) {
            Exception cause = exchange.getException();
            if (cause instanceof NotYetKnownException) {
                LOG.info("report=too-early: the ledger does not know the event yet, so it is asked for again");
            } else {
                LOG.warn(
                        "report=failed step={} cause={}: it is asked for again",
                        intake.step(),
                        cause == null ? "unknown" : cause.getClass().getSimpleName());
            }
        }
    }
}
