package dev.authmail.camel;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Answer;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.Decision;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.RelaysLeft;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.Step;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides what the answer of the hop that was asked last means. Sets the variable {@code decision}: {@code next} when
 * the next hop may be tried at once.
 */
public final class DecideNextStep implements Processor {
    private final Decider decider;
    private final Set<String> relays;

    /**
     * @param decider the one place that decides
     * @param relays the names of the relays that are configured
     */
    public DecideNextStep(Decider decider, Set<String> relays) {
        this.decider = decider;
        this.relays = Set.copyOf(relays);
    }

    @Override
    public void process(Exchange exchange) {
        SealedMimeMessage message = Variables.MAIL.of(exchange);
        Hop hop = message.askedHop();
        decide(
                exchange,
                hop,
                message.takeResult(),
                Variables.ENVELOPE.of(exchange).forwardPath());
    }

    /** Decides what a hop's answer means, also for a mail that was not made yet. */
    void decide(Exchange exchange, Hop hop, HopResult result, MailAddress recipient) {
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        Decision decision = decider.decide(hop.route(), result, relaysLeft(attempt, hop), recipient);
        Variables.ATTEMPT.set(exchange, attempt.with(new Answer(hop.name(), hop.route(), result, decision)));
        Variables.DECISION.set(exchange, decision.step().code());
        if (isForAnother(exchange, decision)) {
            exchange.setRouteStop(true);
        }
    }

    /** Who has the partition now reads the event again: what no server took is sent from there. */
    private static boolean isForAnother(Exchange exchange, Decision decision) {
        return !Intake.of(exchange).isOurs() && decision.step() != Step.DONE && decision.step() != Step.UNCONFIRMED;
    }

    /** Decides on an answer that no step has looked at: one before it failed, or ended the route. */
    void catchUp(Exchange exchange) {
        SealedMimeMessage message = Variables.MAIL.orNull(exchange);
        if (message != null && message.hasAnswer()) {
            process(exchange);
        }
    }

    private RelaysLeft relaysLeft(Attempt attempt, Hop asked) {
        if (relays.isEmpty()) {
            return RelaysLeft.NONE;
        }
        long tried = attempt.answers().stream()
                .filter(a -> a.route() == Route.RELAY && !(a.result() instanceof HopResult.Skipped))
                .count();
        long withThis = asked.route() == Route.RELAY ? tried + 1 : tried;
        return withThis >= relays.size() ? RelaysLeft.TRIED : RelaysLeft.UNTRIED;
    }
}
