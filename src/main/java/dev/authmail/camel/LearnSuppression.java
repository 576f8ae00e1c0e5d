package dev.authmail.camel;

import dev.authmail.suppression.Suppressions;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes what Kafka has acknowledged into the suppressions of this process, ahead of the follower. */
public final class LearnSuppression implements Processor {
    private final Suppressions suppressions;

    /** @param suppressions of this process */
    public LearnSuppression(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    @Override
    public void process(Exchange exchange) {
        suppressions.learn(Variables.SUPPRESSION_KEY.of(exchange), Variables.SUPPRESSION.of(exchange));
    }
}
