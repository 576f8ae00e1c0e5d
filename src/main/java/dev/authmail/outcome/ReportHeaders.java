package dev.authmail.outcome;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.smtp.SmtpReply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record headers of a dead letter and of a retry record: strings, named {@code authmail-…}. */
public final class ReportHeaders {
    /** What all names that only authmail writes begin with; compared without regard to case. */
    public static final String PREFIX = "authmail-";

    public static final String EVENT_ID = PREFIX + "event-id";
    public static final String REASON = PREFIX + "reason";
    public static final String FAULT = PREFIX + "fault";
    public static final String DETAIL = PREFIX + "detail";
    public static final String ATTEMPTS = PREFIX + "attempts";
    public static final String FIRST_ATTEMPT = PREFIX + "first-attempt";
    public static final String LAST_ATTEMPT = PREFIX + "last-attempt";
    public static final String ROUTE = PREFIX + "route";
    public static final String NEXT_HOP = PREFIX + "next-hop";
    public static final String SMTP_COMMAND = PREFIX + "smtp-command";
    public static final String SMTP_REPLY = PREFIX + "smtp-reply";
    public static final String SMTP_STATUS = PREFIX + "smtp-status";
    public static final String SMTP_TEXT = PREFIX + "smtp-text";
    public static final String SOURCE = PREFIX + "source";
    public static final String NOT_BEFORE = PREFIX + "not-before";
    public static final String PINNED_HOP = PREFIX + "pinned-hop";
    /** The timestamp of the event's first record: retries are newer, the event is not. */
    public static final String RECEIVED = PREFIX + "received";
    /** Which dead letter an operator put back; see {@link Replay}. */
    public static final String REPLAY = PREFIX + "replay";
    /** When that was, RFC 3339. */
    public static final String REPLAYED = PREFIX + "replayed";
    /** How many times in a row the event was put back because of a hold, without an attempt. */
    public static final String HELD = PREFIX + "held";

    private ReportHeaders() {}

    /** The headers that say what is known; what is not known has no header. */
    public static Map<String, String> of(Report report) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EVENT_ID, report.eventId().value());
        put(headers, REASON, code(report.reason()));
        put(headers, FAULT, code(report.fault()));
        put(headers, DETAIL, report.detail());
        if (report.attempts() > 0) {
            headers.put(ATTEMPTS, Integer.toString(report.attempts()));
        }
        put(headers, FIRST_ATTEMPT, rfc3339(report.firstAttempt()));
        put(headers, LAST_ATTEMPT, rfc3339(report.lastAttempt()));
        putFacts(headers, report.facts());
        putAnswer(headers, report.answer());
        put(headers, SOURCE, report.source());
        return headers;
    }

    private static void putFacts(Map<String, String> headers, @Nullable HopFacts facts) {
        if (facts == null) {
            return;
        }
        headers.put(ROUTE, facts.route().name().toLowerCase(Locale.ROOT));
        put(headers, NEXT_HOP, facts.nextHop());
        put(headers, SMTP_COMMAND, facts.command());
        SmtpReply reply = facts.reply();
        if (reply != null) {
            headers.put(SMTP_REPLY, Integer.toString(reply.code()));
            reply.enhanced().ifPresent(status -> headers.put(SMTP_STATUS, status.toString()));
            put(headers, SMTP_TEXT, facts.text());
        }
    }

    private static void putAnswer(Map<String, String> headers, @Nullable ReportedAnswer answer) {
        if (answer != null) {
            put(headers, SMTP_REPLY, answer.code() == null ? null : Integer.toString(answer.code()));
            put(headers, SMTP_STATUS, answer.status());
            put(headers, SMTP_TEXT, answer.text());
        }
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static @Nullable String code(@Nullable Reason reason) {
        return reason == null ? null : reason.code();
    }

    private static @Nullable String code(@Nullable Fault fault) {
        return fault == null ? null : fault.code();
    }

    private static @Nullable String rfc3339(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
