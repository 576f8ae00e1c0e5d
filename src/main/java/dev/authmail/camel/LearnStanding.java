package dev.authmail.camel;

import dev.authmail.ledger.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes what Kafka has acknowledged into the ledger of this process, ahead of the follower. */
public final class LearnStanding implements Processor {
    private final Ledger ledger;

    /** @param ledger of this process */
    public LearnStanding(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void process(Exchange exchange) {
        ledger.learn(Variables.EVENT_ID.of(exchange), Variables.STANDING.of(exchange));
    }
}
