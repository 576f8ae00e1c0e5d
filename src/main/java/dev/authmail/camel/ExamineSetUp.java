package dev.authmail.camel;

import dev.authmail.doctor.FindingChange;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Looks whether providers will take our mail. The body becomes the list of what is to be told. */
public final class ExamineSetUp implements Processor {
    private final Supplier<List<FindingChange>> examination;

    /** @param examination looks; blocks for less than half a minute, and never fails */
    public ExamineSetUp(Supplier<List<FindingChange>> examination) {
        this.examination = examination;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(examination.get());
    }
}
