package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.returns.Verdict;
import dev.authmail.suppression.Suppression;
import dev.authmail.suppression.SuppressionReason;
import dev.authmail.suppression.Suppressions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Makes the record that keeps the next mail from an address that nobody has. Where addresses are never suppressed, it sets
 * the variable {@code suppress} to false.
 */
public final class DescribeSuppression implements Processor {
    private final Suppressions suppressions;
    private final Duration lasts;
    private final Clock clock;

    /**
     * @param suppressions make an address a key
     * @param lasts how long until the address may be mailed again
     * @param clock tells from when on
     */
    public DescribeSuppression(Suppressions suppressions, Duration lasts, Clock clock) {
        this.suppressions = suppressions;
        this.lasts = lasts;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Verdict.Returned returned = Variables.RETURNED.orNull(exchange);
        Optional<String> key =
                returned == null ? suppressions.key(Variables.EVENT.of(exchange).email()) : returned.suppressed();
        Variables.SUPPRESS.set(exchange, key.isPresent());
        key.ifPresent(k -> describe(k, exchange));
    }

    private void describe(String key, Exchange exchange) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Suppression entry = new Suppression(reason(exchange), userState(exchange), now, now.plus(lasts));
        Variables.SUPPRESSION.set(exchange, entry);
        Variables.SUPPRESSION_KEY.set(exchange, key);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.KEY, key.getBytes(UTF_8));
        message.setBody(entry.toJson());
    }

    private static SuppressionReason reason(Exchange exchange) {
        Verdict.Returned returned = Variables.RETURNED.orNull(exchange);
        if (returned == null) {
            return SuppressionReason.REJECTED;
        }
        return returned.reason() == Reason.COMPLAINED ? SuppressionReason.COMPLAINED : SuppressionReason.BOUNCED;
    }

    private static UserState userState(Exchange exchange) {
        return Variables.CONCLUSION.of(exchange) instanceof Conclusion.GivenUp end && end.userState() != null
                ? end.userState()
                : UserState.ADDRESS_UNKNOWN;
    }
}
