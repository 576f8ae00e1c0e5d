package dev.authmail.camel;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.SmtpText;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.Replay;
import dev.authmail.outcome.Report;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.outcome.ReportedAnswer;
import dev.authmail.outcome.RetryHeaders;
import dev.authmail.returns.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers what is known about the event of an exchange. */
final class Reports {
    private final RetryTopics retryTopics;

    Reports(RetryTopics retryTopics) {
        this.retryTopics = retryTopics;
    }

    /**
     * How the event ends, as outcome and ledger tell it. A mail that a server has taken is accepted, also when something
     * failed after it.
     */
    static Conclusion ending(Exchange exchange) {
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        return attempt != null && attempt.isAccepted() ? new Conclusion.Accepted() : Variables.CONCLUSION.of(exchange);
    }

    /** What the outcome says. */
    Report ofEnding(Exchange exchange) {
        return of(exchange, ending(exchange));
    }

    private Report of(Exchange exchange, @Nullable Conclusion conclusion) {
        Verdict.Returned returned = Variables.RETURNED.orNull(exchange);
        return returned == null ? ofRecord(exchange, conclusion) : ofReturned(returned, conclusion);
    }

    /** What a report that came back says of an event whose record is long done. */
    private static Report ofReturned(Verdict.Returned returned, @Nullable Conclusion conclusion) {
        LedgerEntry entry = returned.entry();
        Report report = Report.about(returned.event(), null)
                .afterAttempts(entry.attempt())
                .answered(returned.recipient().map(Reports::answer).orElse(null));
        return because(entry.userId() == null ? report : report.forUser(entry.userId()), conclusion);
    }

    private static ReportedAnswer answer(ReportedRecipient recipient) {
        String text = MailAddress.parse(recipient.recipient()) instanceof ParsedAddress.Valid valid
                ? SmtpText.redact(recipient.text(), valid.address())
                : SmtpText.redact(recipient.text());
        Integer code = recipient.replyCode().isPresent() ? recipient.replyCode().getAsInt() : null;
        return new ReportedAnswer(code, recipient.status().orElse(null), text);
    }

    private Report ofRecord(Exchange exchange, @Nullable Conclusion conclusion) {
        SourceRecord record = Intake.of(exchange).record();
        RegistrationEvent event = Variables.EVENT.orNull(exchange);
        Report report = Report.about(eventId(exchange, record), source(record));
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        String userId = Variables.USER_ID.orNull(exchange);
        if (userId != null) {
            report = report.forUser(userId);
        }
        if (event != null && attempt != null) {
            report = report.after(attempt, event.email());
        }
        return because(report, conclusion);
    }

    /** The headers of a record that carries the event on. */
    Map<String, String> headers(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        Map<String, String> headers = ReportHeaders.of(of(exchange, Variables.CONCLUSION.orNull(exchange)));
        headers.put(ReportHeaders.RECEIVED, received(record).toString());
        replay(record).ifPresent(replay -> {
            headers.put(ReportHeaders.REPLAY, replay.id());
            headers.put(ReportHeaders.REPLAYED, replay.at().toString());
        });
        return headers;
    }

    /** Which replay the record belongs to, if any. */
    Optional<Replay> replay(SourceRecord record) {
        return history(record).map(RetryHeaders::replay);
    }

    /** How many times in a row the event was put back because of a hold. */
    int held(SourceRecord record) {
        return history(record).map(RetryHeaders::held).orElse(0);
    }

    private static Report because(Report report, @Nullable Conclusion conclusion) {
        return switch (conclusion) {
            case null -> report;
            case Conclusion.Accepted accepted -> report.because(null, null, UserState.SENT, null);
            case Conclusion.Later later -> report.because(null, later.fault(), UserState.DELAYED, later.detail());
            case Conclusion.Ignored ignored -> report.because(null, null, null, ignored.why());
            case Conclusion.GivenUp end -> report.because(end.reason(), end.fault(), end.userState(), end.detail());
        };
    }

    private EventId eventId(Exchange exchange, SourceRecord record) {
        EventId known = Variables.EVENT_ID.orNull(exchange);
        if (known != null) {
            return known;
        }
        EventId given = history(record).map(RetryHeaders::event).orElse(null);
        return given == null ? new EventId(record.position()) : given;
    }

    /** The event's first record, also when this one is a retry. */
    private String source(SourceRecord record) {
        return history(record).map(RetryHeaders::source).orElse(record.position());
    }

    /** The timestamp of the event's first record, also when this one is a retry. */
    private Instant received(SourceRecord record) {
        return history(record).map(RetryHeaders::received).orElse(record.timestamp());
    }

    /** What a retry record says of itself, checked; on other topics such headers mean nothing. */
    private Optional<RetryHeaders> history(SourceRecord record) {
        return retryTopics.contains(record.topic())
                ? Optional.of(RetryHeaders.read(record::header, record.timestamp()))
                : Optional.empty();
    }
}
