package dev.authmail.tracing;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Transaction;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;

/** A transport of whose transactions each is a span: the wait for a free connection, its opening, and the talk. */
public final class TracedTransport implements SmtpTransport {
    private final SmtpTransport transport;
    private final Tracer tracer;

    /**
     * @param transport does the work
     * @param tracer makes the spans
     */
    public TracedTransport(SmtpTransport transport, Tracer tracer) {
        this.transport = transport;
        this.tracer = tracer;
    }

    @Override
    public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
        return offer(server, envelope, message, deadline, deadline.remaining());
    }

    @Override
    public Transaction offer(
            SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline, Duration patience) {
        Span span = tracer.spanBuilder("smtp send")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("network.protocol.name", "smtp")
                .startSpan();
        SpanOfTransaction.server(span, server);
        try (Scope current = span.makeCurrent()) {
            Transaction transaction = transport.offer(server, envelope, message, deadline, patience);
            SpanOfTransaction.end(span, transaction);
            return transaction;
        } finally {
            span.end();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
