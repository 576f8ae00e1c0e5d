package dev.authmail.camel;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The trace that an event belongs to: current while it is worked on, where an OpenTelemetry agent traces us, and passed on
 * to the outcome in any case. W3C Trace Context §3.2, §3.3; the version that is known.
 * Where an OpenTelemetry agent traces the producer it puts its own span in place of this.
 */
final class TraceContext {
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

    private TraceContext() {}

    /** What an agent made current when the record was taken, else what the record's headers tell it; null without one. */
    static @Nullable Context of(SourceRecord record) {
        Context current = Context.current();
        Context trace = isTrace(current)
                ? current
                : GlobalOpenTelemetry.getPropagators()
                        .getTextMapPropagator()
                        .extract(current, record, RecordHeaders.GETTER);
        return isTrace(trace) ? trace : null;
    }

    private static boolean isTrace(Context context) {
        return Span.fromContext(context).getSpanContext().isValid();
    }

    private enum RecordHeaders implements TextMapGetter<SourceRecord> {
        GETTER;

        @Override
        public Iterable<String> keys(SourceRecord record) {
            return record.headers().stream().map(Header::name).toList();
        }

        @Override
        public @Nullable String get(@Nullable SourceRecord record, String key) {
            return record == null ? null : record.header(key);
        }
    }

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
