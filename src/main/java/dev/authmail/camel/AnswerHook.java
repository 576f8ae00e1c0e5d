package dev.authmail.camel;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers a webhook: 200 only when the broker has acknowledged what came of it, or nothing had to come; 401 for one that is
 * not genuine; 400 for a provider's that holds no reports; 503 else, so that the sender sends it again. The answer says
 * nothing of the request.
 */
public final class AnswerHook implements Processor {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    private final MeterRegistry meters;

    /** @param meters where requests are counted, by status */
    public AnswerHook(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        int status = status(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(EMPTY_OBJECT);
        message.setHeader("Content-Type", "application/json");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        meters.counter("authmail.hooks", "route", String.valueOf(exchange.getFromRouteId()), "status", "" + status)
                .increment();
    }

    private static int status(Exchange exchange) {
        if (Boolean.FALSE.equals(Variables.GENUINE.orNull(exchange))) {
            return 401;
        }
        if (Variables.GENUINE.orNull(exchange) == null) {
            return 503;
        }
        HookReports reports = Variables.HOOK_REPORTS.orNull(exchange);
        if (reports != null) {
            return reports.status();
        }
        boolean settled = Intake.of(exchange).isRecorded() || "skipped".equals(Variables.MAPPED.orNull(exchange));
        return settled ? 200 : 503;
    }
}
