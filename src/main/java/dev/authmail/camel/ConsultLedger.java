package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Reason;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.ledger.Ledger;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.Replay;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

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
        if (!underWay.begin(round(event, attempt, intake), intake)) {
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

    private UnderWay.Round round(RegistrationEvent event, Attempt attempt, Intake intake) {
        String replay = reports.replay(intake.record()).map(Replay::id).orElse(null);
        return new UnderWay.Round(event.id(), attempt.number(), reports.held(intake.record()), replay);
    }

    private boolean isDealtWith(Attempt attempt, Intake intake, RegistrationEvent event) {
        Ledger.Standing standing = ledger.standing(event.id()).orElse(null);
        if (standing == null) {
            return false;
        }
        Replay replay = reports.replay(intake.record()).orElse(null);
        if (!Objects.equals(replay == null ? null : replay.id(), standing.replay())) {
            return isOvertaken(replay, standing);
        }
        boolean retry = retryTopics.contains(intake.record().topic());
        if (!retry || standing.state() != LedgerEntry.State.WAITING) {
            return true;
        }
        return attempt.number() - 1 < standing.attempt(); // an older retry record of the same event
    }

    /** Each replay passes once. What was on its way before the one that the ledger tells of is overtaken by it. */
    private static boolean isOvertaken(@Nullable Replay replay, Ledger.Standing standing) {
        if (replay == null) {
            return true;
        }
        // A replay of a dead event always passes: the clock of who ran the command may be behind.
        return standing.state() != LedgerEntry.State.DEAD && replay.at().isBefore(standing.at());
    }

    private boolean isSuperseded(RegistrationEvent event) {
        return superseding && ledger.isSuperseded(Subject.of(event), event.id(), event.time());
    }
}
