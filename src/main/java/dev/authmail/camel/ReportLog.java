package dev.authmail.camel;

import dev.authmail.reports.AggregateReport;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.TlsReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and some counts for each report about our mail. */
public final class ReportLog {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.report");
    private static final int LONGEST = 200;

    private final MeterRegistry meters;

    /** @param meters where reports, and what they say, are counted */
    public ReportLog(MeterRegistry meters) {
        this.meters = meters;
        // So that nothing having come is told as 0 and not as silence.
        List.of("read", "repeated").forEach(result -> {
            reports("dmarc", result);
            reports("tls", result);
        });
        reports("none", "unreadable");
        List.of("pass", "fail").forEach(this::mails);
        List.of("success", "failure").forEach(this::sessions);
    }

    void read(ReportReading reading) {
        switch (reading) {
            case ReportReading.Aggregate(String container, AggregateReport report) -> {
                long pass = report.rows().stream()
                        .filter(AggregateReport.Row::passes)
                        .mapToLong(AggregateReport.Row::count)
                        .sum();
                reports("dmarc", "read").increment();
                mails("pass").increment(pass);
                mails("fail").increment(report.messages() - pass);
                LOG.info(
                        "report=dmarc reporter=\"{}\" id=\"{}\" domain=\"{}\" mails={} pass={}",
                        printable(report.reporter()),
                        printable(report.reportId()),
                        printable(report.domain()),
                        report.messages(),
                        pass);
            }
            case ReportReading.Tls(String container, TlsReport report) -> {
                reports("tls", "read").increment();
                sessions("success").increment(report.success());
                sessions("failure").increment(report.failure());
                LOG.info(
                        "report=tls reporter=\"{}\" id=\"{}\" success={} failure={}",
                        printable(report.organization()),
                        printable(report.reportId()),
                        report.success(),
                        report.failure());
            }
            case ReportReading.Unreadable unreadable -> unreadable(unreadable.reason());
        }
    }

    void repeated(ReportReading reading) {
        reports(reading instanceof ReportReading.Tls ? "tls" : "dmarc", "repeated")
                .increment();
    }

    void unreadable(String reason) {
        reports("none", "unreadable").increment();
        LOG.warn("report=unreadable detail=\"{}\"", printable(reason));
    }

    private Counter reports(String type, String result) {
        return Counter.builder("authmail.reports")
                .description("Reports that came to the report mailbox")
                .tag("type", type)
                .tag("result", result)
                .register(meters);
    }

    private Counter mails(String result) {
        return Counter.builder("authmail.reported.mails")
                .description("Mails with our domain in From that DMARC reports speak of, by whether DMARC passed")
                .tag("result", result)
                .register(meters);
    }

    private Counter sessions(String result) {
        return Counter.builder("authmail.reported.tls.sessions")
                .description("Sessions with our mail hosts that TLS reports speak of")
                .tag("result", result)
                .register(meters);
    }

    /** Reports are strangers' words. */
    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?").replace('"', '\'');
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
