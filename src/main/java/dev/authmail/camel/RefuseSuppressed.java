package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.suppression.Suppression;
import dev.authmail.suppression.Suppressions;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses mail to a suppressed address with {@link Reason#SUPPRESSED} and the word that its user saw before. An event with
 * {@code addressConfirmed} passes, but for a complaint.
 */
public final class RefuseSuppressed implements Processor {
    private final Suppressions suppressions;

    /** @param suppressions the addresses that get no mail */
    public RefuseSuppressed(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        suppressions
                .of(event.email())
                .filter(entry -> !event.addressConfirmed() || entry.outlivesConfirmation())
                .ifPresent(entry -> {
                    throw new MailRefusedException(new Conclusion.GivenUp(
                            Reason.SUPPRESSED, Fault.RECIPIENT, entry.userState(), detail(entry)));
                });
    }

    private static String detail(Suppression entry) {
        String why = switch (entry.reason()) {
            case REJECTED -> "a server refused it";
            case BOUNCED -> "a mail to it came back";
            case COMPLAINED -> "its owner called our mail spam";
            case MANUAL -> "an operator wants it so";
        };
        String until = entry.until() == null ? "until it is released" : "until " + entry.until();
        return "the address gets no mail since " + entry.since() + ", for " + why + ", " + until;
    }
}
