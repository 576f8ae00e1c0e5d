package dev.authmail.camel;

import dev.authmail.webhook.SnsSubscription;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Amazon SNS that a topic may send here, when a genuine request asks for it. Comes after the reports are taken. */
public final class ConfirmSubscription implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.bounce");

    private final SnsSubscription subscription;

    /** @param subscription tells SNS */
    public ConfirmSubscription(SnsSubscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] request = Intake.of(exchange).record().value();
        switch (subscription.confirm(request == null ? new byte[0] : request)) {
            case NOT_ASKED -> {}
            case CONFIRMED -> LOG.info("subscription=confirmed: SNS sends its notifications here from now on");
            case FAILED -> {
                LOG.warn("subscription=failed: SNS did not take the confirmation, and asks again");
                Variables.HOOK_REPORTS.of(exchange).failed();
            }
        }
    }
}
