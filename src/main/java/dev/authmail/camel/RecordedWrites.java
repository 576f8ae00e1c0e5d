package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sees each write that Kafka acknowledged and marks the record it belongs to as recorded. The evidence is the broker's
 * own answer, not a step of the route: an edited route cannot claim what was not written.
 */
public final class RecordedWrites extends EventNotifierSupport {
    private final Predicate<String> counts;
    private final String outcomes;

    /**
     * @param counts tells by the topic whether a write to it settles an event
     * @param outcomes topic of outcomes, of which only the last of an event settles it: that a mail is deferred does not
     *     mean that its retry was written
     */
    public RecordedWrites(Predicate<String> counts, String outcomes) {
        this.counts = counts;
        this.outcomes = outcomes;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return switch (event) {
            // Camel tells of what was sent only to those who listen when it is about to be.
            case ExchangeSendingEvent sending -> sending.getEndpoint() instanceof KafkaEndpoint;
            case ExchangeSentEvent sent -> sent.getEndpoint() instanceof KafkaEndpoint;
            default -> false;
        };
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent) {
            sent(sent.getExchange());
        }
    }

    private void sent(Exchange exchange) {
        Intake intake = Intake.orNull(exchange);
        if (intake != null && exchange.getException() == null && wasAcknowledged(exchange)) {
            intake.recorded();
        }
    }

    private boolean wasAcknowledged(Exchange exchange) {
        Object acknowledged = exchange.getMessage().getHeader(KafkaConstants.KAFKA_RECORD_META);
        Collection<?> writes = acknowledged instanceof Collection<?> list ? list : List.of();
        return writes.stream()
                .anyMatch(w -> w instanceof RecordMetadata meta && meta.hasOffset() && settles(meta.topic(), exchange));
    }

    private boolean settles(String topic, Exchange exchange) {
        return topic.equals(outcomes) ? isLastOutcome(exchange) : counts.test(topic);
    }

    /** In a user's own route any write to the topic of outcomes is taken for one. */
    private static boolean isLastOutcome(Exchange exchange) {
        Conclusion conclusion = Variables.CONCLUSION.orNull(exchange);
        return conclusion == null
                || Variables.TOLD.orNull(exchange) != null && !(conclusion instanceof Conclusion.Later);
    }
}
