package dev.authmail.camel;

import dev.authmail.doctor.FindingChange;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/** Makes the record that tells of a finding: a CloudEvent, keyed by what it is about. */
public final class DescribeFinding implements Processor {
    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        FindingChange change = message.getMandatoryBody(FindingChange.class);
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.KEY, change.key().getBytes(StandardCharsets.UTF_8));
        message.setHeader("content-type", FindingChange.CONTENT_TYPE);
        message.setBody(change.toJson());
    }
}
