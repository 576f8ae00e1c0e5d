package dev.authmail.camel;

import dev.authmail.ledger.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes what Kafka has acknowledged into the ledger of this process, ahead of the follower. */
public final class LearnStanding implements Processor {
    private final Ledger ledger;
    private final Reports reports;

    /**
     * @param ledger of this process
     * @param topics the retry topics
     */
    public LearnStanding(Ledger ledger, RetryTopics topics) {
        this.ledger = ledger;
        this.reports = new Reports(topics);
    }

    @Override
    public void process(Exchange exchange) {
        ledger.learn(reports.of(exchange).eventId(), Variables.STANDING.of(exchange));
    }
}
