package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.hold.QuietHours;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets a mail wait in the quiet hours. Sets the variable {@code kind} to {@code held} then, and makes its deadline later by
 * the quiet time since the event. Time that an operator held as well counts twice: the deadline is only later by that.
 */
public final class HeedQuietHours implements Processor {
    private final QuietHours hours;
    private final HoldBack holdBack;
    private final Clock clock;

    /**
     * @param hours when mails wait
     * @param holdBack puts back what waits
     * @param clock tells whether it is that time
     */
    public HeedQuietHours(QuietHours hours, HoldBack holdBack, Clock clock) {
        this.hours = hours;
        this.holdBack = holdBack;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        if (!"registered".equals(Variables.KIND.orNull(exchange))) {
            return; // no mail is wanted, or it waits already
        }
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Instant now = clock.instant();
        Duration quiet = hours.between(event.time(), now);
        Duration held = Objects.requireNonNullElse(Variables.HELD_FOR.orNull(exchange), Duration.ZERO);
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        Variables.HELD_FOR.set(exchange, held.plus(quiet));
        Variables.ATTEMPT.set(exchange, attempt.extendedBy(quiet));
        if (hours.include(now)) {
            Variables.KIND.set(exchange, "held");
            holdBack.because("quiet hours, " + hours, exchange);
        }
    }
}
