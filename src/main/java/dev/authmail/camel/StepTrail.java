package dev.authmail.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Notes on each record which step it entered last, so that one that gets lost in an edited route says where. */
public final class StepTrail implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
        return new Noting(target, "route " + routeOf(definition) + ", step " + definition.getId());
    }

    private static String routeOf(NamedNode node) {
        NamedNode top = node;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return String.valueOf(top.getId());
    }

    private static final class Noting extends DelegateAsyncProcessor {
        private final String place;

        Noting(Processor target, String place) {
            super(target);
            this.place = place;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Intake intake = Intake.orNull(exchange);
            if (intake != null) {
                intake.at(place);
            }
            return super.process(exchange, callback);
        }
    }
}
