package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Runs before a dead letter is written again: one that is larger than its topic takes goes without its value. Otherwise
 * it would be written again for ever, and hold back the commit of all that follows.
 */
public final class ShortenLetter implements Processor {
    private static final String TOO_LARGE = "authmail.letter.too.large";

    @Override
    public void process(Exchange exchange) {
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof RecordTooLargeException) {
            exchange.setProperty(TOO_LARGE, true); // each further try begins with the whole letter again
        }
        if (exchange.getProperty(TOO_LARGE) != null) {
            DescribeDeadLetter.leaveValueOut(
                    exchange.getMessage(), Intake.of(exchange).record());
        }
    }
}
