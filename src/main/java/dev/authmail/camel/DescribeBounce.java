package dev.authmail.camel;

import dev.authmail.bounce.BounceJson;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.returns.Verdict;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the dead letter of a mail that came back: what came back as JSON, under the key of the event. */
public final class DescribeBounce implements Processor {
    private static final JsonMapper JSON = new JsonMapper();

    private final Reports reports;

    /** @param topics the retry topics */
    public DescribeBounce(RetryTopics topics) {
        this.reports = new Reports(topics);
    }

    @Override
    public void process(Exchange exchange) {
        Verdict.Returned returned = Variables.RETURNED.of(exchange);
        Map<String, String> headers = ReportHeaders.of(reports.ofEnding(exchange));
        ObjectNode json = JSON.createObjectNode()
                .put("eventId", returned.event().value())
                .put("reason", returned.reason().code());
        if (returned.entry().userId() != null) {
            json.put("userId", returned.entry().userId());
        }
        BounceJson.describe(Variables.BOUNCE.of(exchange), json);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(JSON.writeValueAsBytes(json));
        String key = returned.entry().key();
        EventRecord.putKey(message, key == null ? null : Base64.getDecoder().decode(key));
        message.setHeader("content-type", "application/json");
        headers.forEach(message::setHeader);
    }
}
