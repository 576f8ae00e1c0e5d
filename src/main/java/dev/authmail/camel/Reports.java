package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.Report;
import dev.authmail.outcome.RetryHeaders;
import java.time.Instant;
import java.util.Optional;
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
        return Optional.ofNullable(Variables.EVENT_ID.orNull(exchange))
                .or(() -> retry(record).map(RetryHeaders::event))
                .orElseGet(() -> new EventId(record.position()));
    }

    /** The event's first record, also when this one is a retry. */
    private String source(SourceRecord record) {
        return retry(record).map(RetryHeaders::source).orElseGet(record::position);
    }

    /** The timestamp of the event's first record, also when this one is a retry. */
    Instant received(SourceRecord record) {
        return retry(record).map(RetryHeaders::received).orElseGet(record::timestamp);
    }

    private Optional<RetryHeaders> retry(SourceRecord record) {
        return retryTopics.contains(record.topic())
                ? Optional.of(RetryHeaders.read(record::header, Instant.MAX))
                : Optional.empty();
    }
}
