package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a step threw into a conclusion, before the record goes to the dead-letter topic. */
public final class DescribeFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(DescribeFailure.class);

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Variables.CONCLUSION.set(
                exchange,
                caught instanceof MailRefusedException refused ? refused.conclusion() : failed(exchange, caught));
    }

    /** An error of ours. Its text may quote an address or a URL, so the type and the place must do. */
    private static Conclusion.GivenUp failed(Exchange exchange, @Nullable Exception caught) {
        Intake intake = Intake.orNull(exchange);
        String place = intake == null ? "an unknown step" : intake.step();
        String detail = place + " threw " + (caught == null ? "nothing that is known" : name(caught));
        LOG.error("reason=failed detail=\"{}\"", detail);
        return new Conclusion.GivenUp(Reason.FAILED, Fault.SELF, UserState.OUR_FAULT, detail);
    }

    private static String name(Exception caught) {
        StackTraceElement[] stack = caught.getStackTrace();
        String line = stack.length == 0 ? "" : " (" + stack[0].getFileName() + ":" + stack[0].getLineNumber() + ")";
        return caught.getClass().getSimpleName() + line;
    }
}
