package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Which step failed, and how: in words that quote nothing, for what a step throws may quote an address or a URL. */
record FailedStep(String place, @Nullable Exception thrown) {
    static FailedStep of(Exchange exchange) {
        Intake intake = Intake.orNull(exchange);
        return new FailedStep(
                intake == null ? "an unknown step" : intake.step(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Route and step, the type of what was thrown, and the line that threw it. */
    String words() {
        return place + " threw " + (thrown == null ? "nothing that is known" : name(thrown));
    }

    private static String name(Exception caught) {
        StackTraceElement[] stack = caught.getStackTrace();
        String line = stack.length == 0 ? "" : " (" + stack[0].getFileName() + ":" + stack[0].getLineNumber() + ")";
        return caught.getClass().getSimpleName() + line;
    }
}
