package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.event.StrictJson;
import dev.authmail.mapping.EventMapping;
import dev.authmail.mapping.Mapped;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes a registration of another system's record. Sets the variable {@code mapped} to {@code event}, {@code ignored}, {@code
 * skipped} or {@code refused}; the body is the registration then, or what it was.
 */
public final class MapEvent implements Processor {
    private final EventMapping mapping;
    private final StrictJson json;

    /**
     * @param mapping of the system
     * @param json reads values, within limits
     */
    public MapEvent(EventMapping mapping, StrictJson json) {
        this.mapping = mapping;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) {
        switch (mapping.apply(Intake.of(exchange).record(), json)) {
            case Mapped.Event event -> {
                Variables.MAPPED.set(exchange, "event");
                Message message = exchange.getMessage();
                message.removeHeaders("*");
                message.setBody(event.json());
                message.setHeader("content-type", "application/cloudevents+json");
                EventRecord.putKey(message, event.userId().getBytes(StandardCharsets.UTF_8));
            }
            case Mapped.Ignored ignored -> {
                Variables.MAPPED.set(exchange, "ignored");
                EventId.parse(ignored.eventId()).ifPresent(id -> Variables.EVENT_ID.set(exchange, id));
                if (ignored.userId() != null) {
                    Variables.USER_ID.set(exchange, ignored.userId());
                }
                Variables.CONCLUSION.set(exchange, new Conclusion.Ignored(ignored.why()));
            }
            case Mapped.Skipped skipped -> Variables.MAPPED.set(exchange, "skipped");
            case Mapped.Refused refused -> {
                Variables.MAPPED.set(exchange, "refused");
                String detail = mapping.name() + ": " + refused.detail();
                Variables.CONCLUSION.set(
                        exchange,
                        new Conclusion.GivenUp(Reason.INVALID_EVENT, Fault.EVENT, UserState.OUR_FAULT, detail));
            }
        }
    }
}
