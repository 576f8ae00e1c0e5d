package dev.authmail.camel;

import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.Ticket;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final @Nullable Context trace;
    private final List<Runnable> whenDone = new ArrayList<>();
    private final List<Intake> followers = new CopyOnWriteArrayList<>();
    private boolean finished;
    private volatile @Nullable Intake leader;
    private volatile boolean recorded;
    private volatile String step;

    Intake(SourceRecord record, Ticket ticket, @Nullable String route) {
        this.record = record;
        this.ticket = ticket;
        this.trace = TraceContext.of(record);
        step = "route " + route + ", before its first step";
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

    /** The trace that its work belongs to, where an agent traces it. */
    @Nullable
    Context trace() {
        return trace;
    }

    /**
     * Whether it is this process's to deal with. Its partition may have gone to another, and may have come back: then the
     * same record was read again, and follows this one.
     */
    boolean isOurs() {
        return ticket.isOurs() || followers.stream().anyMatch(Intake::isOurs);
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
        List<Runnable> waiting;
        synchronized (this) {
            finished = true;
            waiting = List.copyOf(whenDone);
            whenDone.clear();
        }
        ticket.done();
        waiting.forEach(Runnable::run);
    }

    /** Runs once the record is done, at once when it is. */
    void whenDone(Runnable action) {
        synchronized (this) {
            if (!finished) {
                whenDone.add(action);
                return;
            }
        }
        action.run();
    }

    /** This record says what another says that is under way, and is done when that one is. */
    void follow(Intake first) {
        leader = first;
        first.followers.add(this);
    }

    /** The record that this one follows. */
    @Nullable
    Intake leader() {
        return leader;
    }

    void at(String routeAndStep) {
        step = routeAndStep;
    }

    /** Route and step that were entered last. */
    String step() {
        return step;
    }
}
