package dev.authmail.camel;

import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.Ticket;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record on its way through the routes. The same object goes with every copy of the exchange, so that what one
 * copy has recorded counts for all.
 */
final class Intake {
    private static final String PROPERTY = "authmail.intake";

    private final SourceRecord record;
    private final Ticket ticket;
    private volatile boolean recorded;
    private volatile String step = "the start";

    Intake(SourceRecord record, Ticket ticket) {
        this.record = record;
        this.ticket = ticket;
    }

    /** The intake of an exchange that came from Kafka. */
    static Intake of(Exchange exchange) {
        Intake intake = orNull(exchange);
        if (intake == null) {
            throw new IllegalStateException("this exchange did not come from a Kafka route of authmail");
        }
        return intake;
    }

    static @Nullable Intake orNull(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Intake.class);
    }

    void goWith(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    SourceRecord record() {
        return record;
    }

    /** Kafka has acknowledged an outcome, a retry or a dead letter of this record. */
    void recorded() {
        recorded = true;
    }

    boolean isRecorded() {
        return recorded;
    }

    /** The offset may be committed. */
    void done() {
        ticket.done();
    }

    void at(String routeAndStep) {
        step = routeAndStep;
    }

    /** Route and step that were entered last. */
    String step() {
        return step;
    }
}
