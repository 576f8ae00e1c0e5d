package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Reason;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.ledger.Ledger;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.Replay;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks whether this event still wants a mail. Sets the variable {@code kind} to {@code known} when the ledger or a mail
 * under way has dealt with it already, and to {@code superseded} when a newer event of the same user and purpose has taken
 * its place.
 */
public final class ConsultLedger implements Processor {
    private final Ledger ledger;
    private final UnderWay underWay;
    private final Reports reports;
    private final RetryTopics retryTopics;
    private final boolean superseding;

    /**
     * @param ledger where events stand
     * @param retryTopics tells retry records from new ones
     * @param superseding whether a newer event takes the place of an older one
     */
    public ConsultLedger(Ledger ledger, RetryTopics retryTopics, boolean superseding) {
        this.ledger = ledger;
        this.underWay = new UnderWay();
        this.reports = new Reports(retryTopics);
        this.retryTopics = retryTopics;
        this.superseding = superseding;
    }

    @Override
    public void process(Exchange exchange) {
        Intake intake = Intake.of(exchange);
        RegistrationEvent event = Variables.EVENT.of(exchange);
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        if (!underWay.begin(event.id(), attempt.number(), intake)) {
            Variables.KIND.set(exchange, "known");
        } else if (isDealtWith(attempt, intake, event)) {
            // What the ledger says was acknowledged by Kafka before it was written there.
            intake.recorded();
            Variables.KIND.set(exchange, "known");
        } else if (isSuperseded(event)) {
            Variables.KIND.set(exchange, "superseded");
            Variables.CONCLUSION.set(
                    exchange,
                    new Conclusion.GivenUp(
                            Reason.SUPERSEDED,
                            null,
                            null,
                            "a newer event of the same user and purpose took its place"));
        }
    }

    private boolean isDealtWith(Attempt attempt, Intake intake, RegistrationEvent event) {
        Optional<Ledger.Standing> standing = ledger.standing(event.id());
        if (standing.isEmpty()) {
            return false;
        }
        boolean retry = retryTopics.contains(intake.record().topic());
        String replay = reports.replay(intake.record()).map(Replay::id).orElse(null);
        if (!Objects.equals(replay, standing.get().replay())) {
            // Each replay of a dead event passes once; what was on its way before it is overtaken.
            return replay == null || standing.get().state() != LedgerEntry.State.DEAD;
        }
        if (!retry || standing.get().state() != LedgerEntry.State.WAITING) {
            return true;
        }
        return attempt.number() - 1 < standing.get().attempt(); // an older retry record of the same event
    }

    private boolean isSuperseded(RegistrationEvent event) {
        return superseding && ledger.isSuperseded(Subject.of(event), event.id(), event.time());
    }
}
