package dev.authmail.camel;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the trace of a record current while a step works on it, whatever thread that is: a queue between two routes, a
 * producer's thread that goes on after an answer. What an agent adds to a step, such as the span of a Kafka write, so
 * belongs to that trace and not to a new one.
 */
public final class TracedSteps implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
        return new InTrace(target);
    }

    private static final class InTrace extends DelegateAsyncProcessor {
        InTrace(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Intake intake = Intake.orNull(exchange);
            Context trace = intake == null ? null : intake.trace();
            if (trace == null) {
                return super.process(exchange, callback);
            }
            try (Scope current = trace.makeCurrent()) {
                return super.process(exchange, callback);
            }
        }
    }
}
