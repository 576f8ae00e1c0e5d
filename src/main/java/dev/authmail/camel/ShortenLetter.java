package dev.authmail.camel;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Runs before a dead letter is written again: one that is larger than its topic takes goes without its value, and if that
 * is not enough, without its key and the headers that are not ours. Otherwise it would be written again for ever, and hold
 * back the commit of all that follows.
 */
public final class ShortenLetter implements Processor {
    private static final String TOO_LARGE = "authmail.letter.too.large";

    @Override
    public void process(Exchange exchange) {
        int times = Objects.requireNonNullElse(exchange.getProperty(TOO_LARGE, Integer.class), 0);
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof RecordTooLargeException) {
            exchange.setProperty(TOO_LARGE, ++times); // each further try begins with the whole letter again
        }
        if (times > 0 && Intake.orNull(exchange) != null) {
            DescribeDeadLetter.leaveValueOut(
                    exchange.getMessage(), Intake.of(exchange).record());
        }
        if (times > 1) {
            DescribeDeadLetter.leaveKeyAndHeadersOut(exchange.getMessage());
        }
    }
}
