package dev.authmail.camel;

import dev.authmail.event.SourceRecord;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/**
 * The trace that an event belongs to, passed on to the outcome. W3C Trace Context §3.2, §3.3; the version that is known.
 * Where an OpenTelemetry agent traces the producer it puts its own span in place of this.
 */
final class TraceContext {
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

    private TraceContext() {}

    /** Sets the headers of the message as the record has them; what is malformed is left out. */
    static void pass(SourceRecord record, Message message) {
        String parent = record.header("traceparent");
        if (parent == null || !PARENT.matcher(parent).matches()) {
            return;
        }
        message.setHeader("traceparent", parent);
        String state = record.header("tracestate");
        if (state != null && STATE.matcher(state).matches()) {
            message.setHeader("tracestate", state);
        }
    }
}
