package dev.authmail.camel;

import dev.authmail.event.StrictJson;
import dev.authmail.mapping.MappedReports;
import dev.authmail.mapping.ReportMapping;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the reports out of a provider's request: the body becomes their list, empty when there are none. */
public final class TakeProviderReports implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.bounce");

    private final String name;
    private final ReportMapping mapping;
    private final StrictJson json;

    /**
     * @param name of the provider, as in the settings
     * @param mapping says what its requests look like
     * @param json reads them, within limits
     */
    public TakeProviderReports(String name, ReportMapping mapping, StrictJson json) {
        this.name = name;
        this.mapping = mapping;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        switch (mapping.apply(body == null ? new byte[0] : body, json)) {
            case MappedReports.Malformed(String rule) -> {
                LOG.warn("hook={} malformed: {}", name, rule);
                Variables.HOOK_REPORTS.set(exchange, HookReports.malformed());
                exchange.getMessage().setBody(List.of());
            }
            case MappedReports.Of(var reports) -> {
                Variables.HOOK_REPORTS.set(exchange, HookReports.of(reports.size()));
                exchange.getMessage().setBody(reports);
            }
        }
    }
}
