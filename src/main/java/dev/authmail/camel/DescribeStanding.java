package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.Replay;
import dev.authmail.returns.Verdict;
import dev.authmail.suppression.Suppressions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jspecify.annotations.Nullable;

/** Makes the ledger record: where the event stands now that its outcome is written. */
public final class DescribeStanding implements Processor {
    /** In octets. With a longer one, which no bounce is worth, the entry might be larger than its topic takes. */
    private static final int LONGEST_KEY = 4 * 1024;

    private final Clock clock;
    private final Suppressions suppressions;
    private final Reports reports;

    /**
     * @param topics the retry topics
     * @param suppressions make the address a keyed hash, for a bounce that comes later
     * @param clock tells when this is written
     */
    public DescribeStanding(RetryTopics topics, Suppressions suppressions, Clock clock) {
        this.reports = new Reports(topics);
        this.suppressions = suppressions;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Verdict.Returned returned = Variables.RETURNED.orNull(exchange);
        LedgerEntry entry = returned == null
                ? entry(exchange)
                : returned.entry().returned(returned.reason().code(), clock.instant());
        Variables.STANDING.set(exchange, entry);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(
                KafkaConstants.KEY, Variables.EVENT_ID.of(exchange).value().getBytes(StandardCharsets.UTF_8));
        message.setBody(entry.toJson());
    }

    private LedgerEntry entry(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        SourceRecord record = Intake.of(exchange).record();
        return new LedgerEntry(
                state(exchange),
                attempt == null ? 0 : attempt.number(),
                clock.instant(),
                Subject.of(event),
                event.time(),
                event.userId(),
                base64(record.key()),
                reports.replay(record).map(Replay::id).orElse(null),
                suppressions.key(event.email()).orElse(null),
                null);
    }

    private static @Nullable String base64(byte @Nullable [] key) {
        return key == null || key.length > LONGEST_KEY
                ? null
                : Base64.getEncoder().encodeToString(key);
    }

    private static LedgerEntry.State state(Exchange exchange) {
        return switch (Reports.ending(exchange)) {
            case Conclusion.Accepted accepted -> LedgerEntry.State.ACCEPTED;
            case Conclusion.Ignored ignored -> LedgerEntry.State.ACCEPTED;
            case Conclusion.Later later -> LedgerEntry.State.WAITING;
            // A cancellation has done what it asked for, and takes the place of what waits.
            case Conclusion.GivenUp end ->
                "cancelled".equals(Variables.KIND.orNull(exchange))
                        ? LedgerEntry.State.ACCEPTED
                        : LedgerEntry.State.DEAD;
        };
    }
}
