package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log which step failed beside the report. What became of the event is clear by then, and stays so. */
public final class NoteFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(NoteFailure.class);

    @Override
    public void process(Exchange exchange) {
        LOG.error(
                "a step failed and the report goes on without it: {}",
                FailedStep.of(exchange).words());
    }
}
