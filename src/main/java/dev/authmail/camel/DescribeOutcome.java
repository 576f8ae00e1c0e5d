package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Reason;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.outcome.OutcomeWriter;
import dev.authmail.outcome.Report;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the outcome for the application: a CloudEvent, keyed by the user. */
public final class DescribeOutcome implements Processor {
    private final Reports reports;
    private final OutcomeWriter writer;
    private final OutcomeLog log;

    /**
     * @param topics the retry topics
     * @param writer of the JSON
     * @param log gets one line and one count an outcome
     */
    public DescribeOutcome(RetryTopics topics, OutcomeWriter writer, OutcomeLog log) {
        this.reports = new Reports(topics);
        this.writer = writer;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        Report report = reports.ofEnding(exchange);
        OutcomeType type = type(Reports.ending(exchange));
        RegistrationEvent event = Variables.EVENT.orNull(exchange);
        byte[] json = writer.write(type, report, event == null ? null : event.time());
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(json);
        message.setHeader("content-type", OutcomeWriter.CONTENT_TYPE);
        Intake intake = Intake.orNull(exchange);
        if (intake != null) { // what comes back later has no record
            TraceContext.pass(intake.record(), message);
        }
        if (report.userId() != null) {
            EventRecord.putKey(message, report.userId().getBytes(StandardCharsets.UTF_8));
        }
        if (Variables.TOLD.orNull(exchange) != type) { // not when a step beside the report failed and it is made again
            log.record(type, report, event);
            Variables.TOLD.set(exchange, type);
        }
    }

    private static OutcomeType type(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Accepted accepted -> OutcomeType.ACCEPTED;
            case Conclusion.Later later -> OutcomeType.DEFERRED;
            case Conclusion.Ignored ignored -> OutcomeType.IGNORED;
            case Conclusion.GivenUp end -> ended(end.reason());
        };
    }

    private static OutcomeType ended(Reason reason) {
        return switch (reason) {
            case SUPERSEDED -> OutcomeType.SUPERSEDED;
            case SUPPRESSED -> OutcomeType.SUPPRESSED;
            case BOUNCED -> OutcomeType.BOUNCED;
            case COMPLAINED -> OutcomeType.COMPLAINED;
            case INVALID_EVENT, INVALID_ADDRESS, LIMITED, REJECTED, EXPIRED, UNCONFIRMED, FAILED -> OutcomeType.FAILED;
        };
    }
}
