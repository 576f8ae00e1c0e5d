package dev.authmail.camel;

import dev.authmail.tlsreport.DueReport;
import dev.authmail.tlsreport.ReportDestination;
import dev.authmail.tlsreport.ReportSending;
import dev.authmail.tlsreport.TlsReportFile;
import dev.authmail.tlsreport.UnsentReports;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one TLS report, logs what came of it, and keeps it for another try when it has not arrived. Body: {@code DueReport}. */
public final class SendTlsReport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.tlsreport");

    private final Function<DueReport, ReportSending> delivery;
    private final UnsentReports unsent;

    /**
     * @param delivery sends it
     * @param unsent keeps what has not arrived
     */
    public SendTlsReport(Function<DueReport, ReportSending> delivery, UnsentReports unsent) {
        this.delivery = delivery;
        this.unsent = unsent;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        DueReport report = exchange.getMessage().getMandatoryBody(DueReport.class);
        switch (sent(report)) {
            case ReportSending.Arrived arrived -> {
                unsent.done(report);
                TlsReportFile file = report.file();
                LOG.info("tls-report={} domain={} day={} way={}", file.id(), file.domain(), file.day(), way(report));
            }
            // A second report of the same sessions would be counted twice.
            case ReportSending.Uncertain uncertain -> giveUp(report, uncertain.detail());
            case ReportSending.Refused refused -> giveUp(report, refused.detail());
            case ReportSending.NotNow not ->
                unsent.failed(report)
                        .ifPresentOrElse(
                                due -> warn(report, not.detail() + "; tried again from " + due),
                                () -> giveUp(report, not.detail()));
        }
    }

    private ReportSending sent(DueReport report) {
        try {
            return delivery.apply(report);
        } catch (RuntimeException e) {
            return new ReportSending.Uncertain(e.toString());
        }
    }

    private void giveUp(DueReport report, String detail) {
        unsent.done(report);
        warn(report, detail + "; given up");
    }

    private static void warn(DueReport report, String detail) {
        TlsReportFile file = report.file();
        LOG.warn(
                "tls-report={} domain={} day={} way={} not sent: {}",
                file.id(),
                file.domain(),
                file.day(),
                way(report),
                detail);
    }

    private static String way(DueReport report) {
        return switch (report.destination()) {
            case ReportDestination.Mailbox mailbox -> "mail";
            case ReportDestination.WebServer server -> "https";
        };
    }
}
