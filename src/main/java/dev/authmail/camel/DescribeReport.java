package dev.authmail.camel;

import dev.authmail.reports.ReportJson;
import dev.authmail.reports.ReportReading;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/** Makes the record of one report: JSON, keyed by what makes the same report the same. */
public final class DescribeReport implements Processor {
    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        ReportReading report = message.getMandatoryBody(ReportReading.class);
        byte[] record = ReportJson.record(report);
        Variables.REPORT.set(exchange, report);
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.KEY, ReportJson.key(report, record).getBytes(StandardCharsets.UTF_8));
        message.setHeader("content-type", "application/json");
        message.setBody(record);
    }
}
