package dev.authmail.camel;

import dev.authmail.reports.ReportJson;
import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.ReportTally;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes the reports out of a mail. The body becomes the list of those that did not come before; the variable {@code verdict}
 * {@code unreadable} when something in the mail could not be read, and {@code detail} says why.
 */
public final class ReadReport implements Processor {
    private final ReportReader reader;
    private final ReportTally tally;
    private final ReportLog log;

    /**
     * @param reader of reports, however they are packed
     * @param tally knows those that came
     * @param log tells of each
     */
    public ReadReport(ReportReader reader, ReportTally tally, ReportLog log) {
        this.reader = reader;
        this.tally = tally;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        TakenMail mail = Variables.TAKEN.of(exchange);
        List<ReportReading> readings = mail.failures() >= ReadBounce.MOST_FAILURES
                ? List.of(new ReportReading.Unreadable("eml", "it could not be dealt with again and again"))
                : reader.read(mail.octets());
        Variables.VERDICT.set(exchange, "read");
        List<ReportReading> fresh = new ArrayList<>();
        for (ReportReading reading : readings) {
            if (reading instanceof ReportReading.Unreadable(String container, String reason)) {
                Variables.VERDICT.set(exchange, "unreadable");
                Variables.DETAIL.set(exchange, reason);
                log.unreadable(reason);
            } else if (tally.knows(ReportJson.key(reading, ReportJson.record(reading)))) {
                log.repeated(reading);
            } else {
                fresh.add(reading);
            }
        }
        exchange.getMessage().setBody(fresh);
    }
}
