package dev.authmail.camel;

import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Conclusion;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says what follows from the attempt. Sets the variable {@code decision}: {@code done}, {@code later}, {@code give-up}. */
public final class ConcludeAttempt implements Processor {
    private final AttemptConclusion conclusion;

    /** @param conclusion knows the schedule */
    public ConcludeAttempt(AttemptConclusion conclusion) {
        this.conclusion = conclusion;
    }

    @Override
    public void process(Exchange exchange) {
        Conclusion what = conclusion.of(Variables.ATTEMPT.of(exchange));
        Variables.CONCLUSION.set(exchange, what);
        Variables.DECISION.set(exchange, word(what));
    }

    private static String word(Conclusion what) {
        return switch (what) {
            case Conclusion.Accepted accepted -> "done";
            case Conclusion.Later later -> "later";
            case Conclusion.GivenUp givenUp -> "give-up";
        };
    }
}
