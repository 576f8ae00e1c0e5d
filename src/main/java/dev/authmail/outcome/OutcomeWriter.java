package dev.authmail.outcome;

import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.TlsSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes an outcome as a CloudEvent 1.0 in structured mode. Its schema: {@code schemas/outcome.schema.json}. */
public final class OutcomeWriter {
    /** The content type of the record value. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String source;
    private final Clock clock;

    /**
     * @param source the CloudEvents source of all outcomes, such as {@code authmail}
     * @param clock tells the time of the outcome
     */
    public OutcomeWriter(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The JSON of one outcome.
     *
     * @param type what became of the event
     * @param report what is known
     * @param since when the event came about, if known
     */
    public byte[] write(OutcomeType type, Report report, @Nullable Instant since) {
        Instant now = clock.instant();
        ObjectNode event = json.createObjectNode()
                .put("specversion", "1.0")
                .put("type", type.type())
                .put("source", source)
                .put("id", id(type, report))
                .put("time", now.toString());
        put(event, "subject", report.userId());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("eventId", report.eventId().value()).put("final", type.isFinal());
        putReport(data, report);
        if (report.facts() != null) {
            putFacts(data, report.facts());
        }
        ReportedAnswer answer = report.answer();
        if (answer != null) {
            if (answer.code() != null) {
                data.put("smtpReply", answer.code());
            }
            put(data, "smtpStatus", answer.status());
            put(data, "smtpText", answer.text());
        }
        if (since != null) {
            data.put("elapsedMillis", Math.max(0, Duration.between(since, now).toMillis()));
        }
        return json.writeValueAsBytes(event);
    }

    /** The same outcome of the same attempt has the same id, so that a repetition can be recognized. */
    private static String id(OutcomeType type, Report report) {
        return report.eventId().value() + "/" + report.attempts() + "/" + type.type();
    }

    private static void putReport(ObjectNode data, Report report) {
        put(data, "source", report.source());
        data.put("attempt", report.attempts());
        put(data, "reason", report.reason() == null ? null : report.reason().code());
        put(data, "fault", report.fault() == null ? null : report.fault().code());
        put(data, "detail", report.detail());
        put(
                data,
                "userState",
                report.userState() == null ? null : report.userState().code());
        put(
                data,
                "firstAttempt",
                report.firstAttempt() == null ? null : report.firstAttempt().toString());
        put(
                data,
                "lastAttempt",
                report.lastAttempt() == null ? null : report.lastAttempt().toString());
    }

    private static void putFacts(ObjectNode data, HopFacts facts) {
        data.put("route", facts.route().name().toLowerCase(Locale.ROOT));
        put(data, "nextHop", facts.nextHop());
        put(data, "smtpCommand", facts.command());
        SmtpReply reply = facts.reply();
        if (reply != null) {
            data.put("smtpReply", reply.code());
            reply.enhanced().ifPresent(status -> data.put("smtpStatus", status.toString()));
            put(data, "smtpText", facts.text());
        }
        putTls(data, facts.tls());
    }

    private static void putTls(ObjectNode data, TlsFacts tls) {
        put(data, "tlsPolicy", tls.policy() == null ? null : tls.policy().code());
        TlsSession session = tls.session();
        if (session != null) {
            data.put("tlsVersion", session.protocol())
                    .put("tlsCipher", session.cipher())
                    .put("tlsVerified", session.verified())
                    .put("tlsCertificate", session.certificate().code());
        }
        put(data, "tlsFailure", tls.failure() == null ? null : tls.failure().code());
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            node.put(field, value);
        }
    }
}
