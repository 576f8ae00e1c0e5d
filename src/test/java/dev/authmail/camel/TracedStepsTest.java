package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.Ticket;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracedStepsTest {
    private static final SpanContext OF_AGENT = SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
    private static final SourceRecord RECORD =
            new SourceRecord("registrations", 0, 7, Instant.EPOCH, null, new byte[0], List.of());

    private final Map<String, SpanContext> seen = new ConcurrentHashMap<>();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.disableJMX();
        context.getCamelContextExtension().addInterceptStrategy(new TracedSteps());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:received")
                        .process(e -> note("before the queue"))
                        .to("seda:queue?waitForTaskToComplete=Never");
                from("seda:queue").process(e -> note("behind the queue"));
            }
        });
        context.start();
    }

    private void note(String place) {
        seen.put(place, Span.current().getSpanContext());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** As an agent makes it current while it hands out a record; the step behind the queue runs in another thread. */
    @Test
    void everyStepOfARecordIsInTheTraceThatItWasTakenIn() {
        Intake intake;
        try (Scope current = Span.wrap(OF_AGENT).makeCurrent()) {
            intake = new Intake(RECORD, Ticket.NONE, "receive");
        }
        send(intake);
        assertThat(seen).containsEntry("before the queue", OF_AGENT).containsEntry("behind the queue", OF_AGENT);
        assertThat(Span.current().getSpanContext().isValid())
                .as("a trace is left behind in the thread that sent it")
                .isFalse();
    }

    @Test
    void withoutAnAgentThereIsNone() {
        send(new Intake(RECORD, Ticket.NONE, "receive"));
        assertThat(seen.values()).noneMatch(SpanContext::isValid);
    }

    private void send(Intake intake) {
        Exchange exchange = context.getEndpoint("direct:received").createExchange();
        intake.goWith(exchange);
        try (var producer = context.createProducerTemplate()) {
            producer.send("direct:received", exchange);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        Awaitility.await("the step behind the queue").until(() -> seen.size() == 2);
    }
}
