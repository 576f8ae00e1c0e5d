package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/** Makes the retry record: the event as received, with what was tried and when it is due. */
public final class DescribeRetry implements Processor {
    private final RetryTopics topics;
    private final Reports reports;

    /** @param topics the retry topics */
    public DescribeRetry(RetryTopics topics) {
        this.topics = topics;
        this.reports = new Reports(topics);
    }

    @Override
    public void process(Exchange exchange) {
        var later = (Conclusion.Later) Variables.CONCLUSION.of(exchange);
        SourceRecord record = Intake.of(exchange).record();
        Map<String, String> headers = reports.headers(exchange);
        headers.put(ReportHeaders.NOT_BEFORE, later.notBefore().toString());
        if (later.pinnedHop() != null) {
            headers.put(ReportHeaders.PINNED_HOP, later.pinnedHop());
        }
        Integer held = Variables.HELD.orNull(exchange);
        if (held != null) {
            headers.put(ReportHeaders.HELD, held.toString());
        }
        EventRecord.write(exchange.getMessage(), record, headers);
        String topic = topics.name(later.tier());
        exchange.getMessage().setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
        Variables.RETRY_TOPIC.set(exchange, topic);
    }
}
