package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a step threw into a conclusion. Sets the variable {@code decision}: {@code done} when a server had taken the
 * mail before, for then it is not a failed one whatever comes after; else {@code give-up}.
 */
public final class DescribeFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(DescribeFailure.class);

    private final DecideNextStep decideNextStep;

    /** @param decideNextStep looks at an answer when the step that failed stood before the one that does */
    public DescribeFailure(DecideNextStep decideNextStep) {
        this.decideNextStep = decideNextStep;
    }

    @Override
    public void process(Exchange exchange) {
        decideNextStep.catchUp(exchange);
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        if (attempt != null && attempt.isAccepted()) {
            LOG.error(
                    "a step failed after the mail was accepted: {}",
                    FailedStep.of(exchange).words());
            Variables.DECISION.set(exchange, "done");
            Variables.CONCLUSION.set(exchange, new Conclusion.Accepted());
        } else {
            Variables.DECISION.set(exchange, "give-up");
            Variables.CONCLUSION.set(exchange, givenUp(exchange));
        }
    }

    private static Conclusion.GivenUp givenUp(Exchange exchange) {
        FailedStep failed = FailedStep.of(exchange);
        return switch (failed.thrown()) {
            case MailRefusedException refused -> refused.conclusion();
            case RecordTooLargeException tooLarge ->
                failed("the topic " + Variables.RETRY_TOPIC.orNull(exchange) + " takes no record as large as this"
                        + " event with its headers; raise its max.message.bytes to what authmail topics says, then"
                        + " replay");
            case null, default -> failed(failed.words());
        };
    }

    private static Conclusion.GivenUp failed(String detail) {
        LOG.error("reason=failed detail=\"{}\"", detail);
        return new Conclusion.GivenUp(Reason.FAILED, Fault.SELF, UserState.OUR_FAULT, detail);
    }
}
