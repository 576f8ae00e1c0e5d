package dev.authmail.camel;

import dev.authmail.tlsreport.DueReport;
import dev.authmail.tlsreport.ReportDestination;
import dev.authmail.tlsreport.TlsReportFile;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one TLS report, once, and logs what came of it. Body: {@code DueReport}. */
public final class SendTlsReport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.tlsreport");

    private final Function<DueReport, Optional<String>> delivery;

    /** @param delivery sends it; says what went wrong, if anything */
    public SendTlsReport(Function<DueReport, Optional<String>> delivery) {
        this.delivery = delivery;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        DueReport report = exchange.getMessage().getMandatoryBody(DueReport.class);
        Optional<String> problem = sent(report);
        String way = way(report.destination());
        TlsReportFile file = report.file();
        if (problem.isEmpty()) {
            LOG.info("tls-report={} domain={} day={} way={}", file.id(), file.domain(), file.day(), way);
        } else {
            LOG.warn(
                    "tls-report={} domain={} day={} way={} not sent: {}",
                    file.id(),
                    file.domain(),
                    file.day(),
                    way,
                    problem.get());
        }
    }

    /** It is not tried again whatever happens: a second report of the same sessions would be counted twice. */
    private Optional<String> sent(DueReport report) {
        try {
            return delivery.apply(report);
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private static String way(ReportDestination destination) {
        return switch (destination) {
            case ReportDestination.Mailbox mailbox -> "mail";
            case ReportDestination.WebServer server -> "https";
        };
    }
}
