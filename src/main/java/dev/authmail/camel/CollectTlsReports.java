package dev.authmail.camel;

import dev.authmail.tlsreport.DueReport;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes the TLS reports that are due. The body becomes their list. */
public final class CollectTlsReports implements Processor {
    private final Supplier<List<DueReport>> due;

    /** @param due hands each out once */
    public CollectTlsReports(Supplier<List<DueReport>> due) {
        this.due = due;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(due.get());
    }
}
