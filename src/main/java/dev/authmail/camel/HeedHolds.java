package dev.authmail.camel;

import dev.authmail.address.Domain;
import dev.authmail.delivery.Attempt;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.hold.Hold;
import dev.authmail.hold.Holds;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks whether an operator holds this mail back: everything, its domain, its purpose, or every hop that it could take.
 * Sets the variable {@code kind} to {@code held} then, and makes its deadline later by the time that it was held.
 */
public final class HeedHolds implements Processor {
    private final Holds holds;
    private final HoldBack holdBack;

    /**
     * @param holds what is held
     * @param holdBack puts back what is
     */
    public HeedHolds(Holds holds, HoldBack holdBack) {
        this.holds = holds;
        this.holdBack = holdBack;
    }

    @Override
    public void process(Exchange exchange) {
        if (!"registered".equals(Variables.KIND.orNull(exchange))) {
            return; // no mail is wanted
        }
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Domain domain = event.email().domain();
        extend(exchange, event, domain);
        Optional<Hold> hold = holds.holding(domain, event.purpose());
        if (hold.isPresent()) {
            Variables.KIND.set(exchange, "held");
            holdBack.because(hold.get(), exchange);
        }
    }

    private void extend(Exchange exchange, RegistrationEvent event, Domain domain) {
        boolean waited = holdBack.rounds(exchange) > 0;
        Duration held = holds.heldSince(event.time(), domain, event.purpose(), waited);
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        Variables.HELD_FOR.set(exchange, held);
        Variables.ATTEMPT.set(exchange, attempt.extendedBy(held));
    }
}
