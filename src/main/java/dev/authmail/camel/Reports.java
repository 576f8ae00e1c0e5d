package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.Report;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.outcome.RetryHeaders;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers what is known about the event of an exchange. */
final class Reports {
    private final RetryTopics retryTopics;

    Reports(RetryTopics retryTopics) {
        this.retryTopics = retryTopics;
    }

    Report of(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        RegistrationEvent event = Variables.EVENT.orNull(exchange);
        Report report = Report.about(eventId(exchange, record), source(record));
        if (event != null) {
            report = report.forUser(event.userId());
        }
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        if (attempt != null) {
            report = report.after(attempt);
        }
        return because(report, Variables.CONCLUSION.orNull(exchange));
    }

    private static Report because(Report report, @Nullable Conclusion conclusion) {
        return switch (conclusion) {
            case null -> report;
            case Conclusion.Accepted accepted -> report.because(null, null, UserState.SENT, null);
            case Conclusion.Later later -> report.because(null, later.fault(), UserState.DELAYED, later.detail());
            case Conclusion.GivenUp end -> report.because(end.reason(), end.fault(), end.userState(), end.detail());
        };
    }

    private EventId eventId(Exchange exchange, SourceRecord record) {
        EventId known = Variables.EVENT_ID.orNull(exchange);
        if (known != null) {
            return known;
        }
        String header = retryTopics.contains(record.topic()) ? record.header(ReportHeaders.EVENT_ID) : null;
        return new EventId(header == null ? record.position() : header);
    }

    /** The event's first record, also when this one is a retry. */
    private String source(SourceRecord record) {
        String first = retryTopics.contains(record.topic()) ? record.header(ReportHeaders.SOURCE) : null;
        return first == null ? record.position() : first;
    }

    /** The timestamp of the event's first record, also when this one is a retry. */
    Instant received(SourceRecord record) {
        String first = retryTopics.contains(record.topic()) ? record.header(ReportHeaders.RECEIVED) : null;
        return RetryHeaders.instant(first).orElse(record.timestamp());
    }
}
