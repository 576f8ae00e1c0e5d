package dev.authmail.camel;

import dev.authmail.outcome.ReportHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the quarantine record: the mail or the report as it came, with why it was put aside. */
public final class DescribeQuarantine implements Processor {
    @Override
    public void process(Exchange exchange) {
        TakenMail mail = Variables.TAKEN.of(exchange);
        String detail = Variables.DETAIL.orNull(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(mail.octets());
        message.setHeader("content-type", mail.contentType());
        message.setHeader(ReportHeaders.REASON, Variables.VERDICT.of(exchange));
        if (detail != null) {
            message.setHeader(ReportHeaders.DETAIL, detail);
        }
    }
}
