package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes the signature from the link, so that a mail rendered after this step shows what was written and confirms nothing.
 * For copies of a mail that was sent.
 */
public final class WithholdLink implements Processor {
    @Override
    public void process(Exchange exchange) {
        Variables.AUTH_URL.set(exchange, Variables.AUTH_URL.of(exchange).withheld());
    }
}
