package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Reason;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A cancellation asks for no mail: its own outcome says so. */
public final class CancelEvent implements Processor {
    @Override
    public void process(Exchange exchange) {
        Variables.CONCLUSION.set(
                exchange, new Conclusion.GivenUp(Reason.SUPERSEDED, null, null, "the registration was cancelled"));
    }
}
