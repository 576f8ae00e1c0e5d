package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.ledger.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/** Makes the ledger record: where the event stands now that its outcome is written. */
public final class DescribeStanding implements Processor {
    private final Clock clock;

    /** @param clock tells when this is written */
    public DescribeStanding(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        LedgerEntry entry = new LedgerEntry(
                state(exchange),
                attempt == null ? 0 : attempt.number(),
                clock.instant(),
                Subject.of(event),
                event.time());
        Variables.STANDING.set(exchange, entry);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.KEY, event.id().value().getBytes(StandardCharsets.UTF_8));
        message.setBody(entry.toJson());
    }

    private static LedgerEntry.State state(Exchange exchange) {
        return switch (Variables.CONCLUSION.of(exchange)) {
            case Conclusion.Accepted accepted -> LedgerEntry.State.ACCEPTED;
            case Conclusion.Later later -> LedgerEntry.State.WAITING;
            // A cancellation has done what it asked for, and takes the place of what waits.
            case Conclusion.GivenUp end ->
                "cancelled".equals(Variables.KIND.orNull(exchange))
                        ? LedgerEntry.State.ACCEPTED
                        : LedgerEntry.State.DEAD;
        };
    }
}
