package dev.authmail.camel;

import dev.authmail.reports.ReportJson;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.ReportTally;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes a report that Kafka has acknowledged into the tally of this process, ahead of the follower, and tells of it. */
public final class LearnReport implements Processor {
    private final ReportTally tally;
    private final ReportLog log;

    /**
     * @param tally of this process
     * @param log tells of the report
     */
    public LearnReport(ReportTally tally, ReportLog log) {
        this.tally = tally;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        ReportReading report = Variables.REPORT.of(exchange);
        byte[] record = ReportJson.record(report);
        tally.learn(ReportJson.key(report, record), record);
        log.read(report);
    }
}
