package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.HopResult;
import dev.authmail.hold.Hold;
import dev.authmail.hold.Holds;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Says what follows from the attempt. Sets the variable {@code decision}: {@code done}, {@code later}, {@code give-up}, or
 * {@code held} when no hop was left but one that is held; and {@code suppress} when nobody has the address.
 */
public final class ConcludeAttempt implements Processor {
    private final AttemptConclusion conclusion;
    private final Holds holds;
    private final HoldBack holdBack;

    /**
     * @param conclusion knows the schedule
     * @param holds what is held
     * @param holdBack puts back what is
     */
    public ConcludeAttempt(AttemptConclusion conclusion, Holds holds, HoldBack holdBack) {
        this.conclusion = conclusion;
        this.holds = holds;
        this.holdBack = holdBack;
    }

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        Optional<Hold> hold = waitsFor(attempt);
        if (hold.isPresent()) {
            Variables.DECISION.set(exchange, "held");
            holdBack.because(hold.get(), exchange);
            return;
        }
        Conclusion what = conclusion.of(attempt);
        Variables.CONCLUSION.set(exchange, what);
        Variables.DECISION.set(exchange, word(what));
        boolean ended = what instanceof Conclusion.GivenUp;
        Variables.SUPPRESS.set(
                exchange,
                ended && attempt.decisive().filter(a -> a.decision().suppress()).isPresent());
    }

    /** No server was asked, so no attempt was made. A pin to a held hop is lifted instead. */
    private Optional<Hold> waitsFor(Attempt attempt) {
        boolean asked = attempt.answers().stream().anyMatch(a -> !(a.result() instanceof HopResult.Skipped));
        return asked || attempt.pinnedHop() != null
                ? Optional.empty()
                : attempt.answers().stream()
                        .flatMap(a -> holds.holdingHop(a.hop()).stream())
                        .findFirst();
    }

    private static String word(Conclusion what) {
        return switch (what) {
            case Conclusion.Accepted accepted -> "done";
            case Conclusion.Ignored ignored -> "done";
            case Conclusion.Later later -> "later";
            case Conclusion.GivenUp givenUp -> "give-up";
        };
    }
}
