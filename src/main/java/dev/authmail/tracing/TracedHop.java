package dev.authmail.tracing;

import dev.authmail.address.Domain;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/** A hop of which each offer is a span: finding its servers, and the transactions with them, which are spans below it. */
public final class TracedHop implements Hop {
    private final Hop hop;
    private final Tracer tracer;

    /**
     * @param hop does the work
     * @param tracer makes the spans
     */
    public TracedHop(Hop hop, Tracer tracer) {
        this.hop = hop;
        this.tracer = tracer;
    }

    @Override
    public String name() {
        return hop.name();
    }

    @Override
    public Route route() {
        return hop.route();
    }

    @Override
    public Optional<HopResult.Skipped> obstacle(Domain domain) {
        return hop.obstacle(domain);
    }

    @Override
    public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
        Span span = tracer.spanBuilder("offer " + hop.name())
                .setAttribute("authmail.hop", hop.name())
                .startSpan();
        try (Scope current = span.makeCurrent()) {
            HopResult result = hop.offer(message, envelope, deadline);
            end(span, result);
            return result;
        } finally {
            span.end();
        }
    }

    private static void end(Span span, HopResult result) {
        switch (result) {
            case HopResult.Tried tried -> {
                SpanOfTransaction.server(span, tried.server());
                SpanOfTransaction.end(span, tried.transaction());
            }
            case HopResult.NoServer none -> SpanOfTransaction.error(span, SpanOfTransaction.word(none.why()));
            // As the settings, an operator or a breaker want it; nothing was asked.
            case HopResult.Skipped skipped -> span.setAttribute("authmail.skipped", true);
        }
    }
}
