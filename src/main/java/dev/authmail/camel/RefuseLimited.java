package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.SourceRecord;
import dev.authmail.limit.MailLimit;
import dev.authmail.limit.MailLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a mail that would be one too many for its recipient, domain, source or user, with {@link Reason#LIMITED}. What is
 * read from a retry topic, also a replay, was counted when it was new.
 */
public final class RefuseLimited implements Processor {
    private final MailLimits limits;
    private final @Nullable String sourceHeader;
    private final RetryTopics retryTopics;
    private final Map<MailLimit, Counter> refused = new EnumMap<>(MailLimit.class);

    /**
     * @param limits counts mails
     * @param sourceHeader the header of a record that names what caused it; null when none does
     * @param retryTopics tells retry records from new ones
     * @param meters where refusals are counted
     */
    public RefuseLimited(
            MailLimits limits, @Nullable String sourceHeader, RetryTopics retryTopics, MeterRegistry meters) {
        this.limits = limits;
        this.sourceHeader = sourceHeader;
        this.retryTopics = retryTopics;
        for (MailLimit limit : MailLimit.values()) {
            refused.put(
                    limit,
                    Counter.builder("authmail.limited")
                            .description("Mails that were one too many")
                            .tag("limit", limit.code())
                            .register(meters));
        }
    }

    @Override
    public void process(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        if (retryTopics.contains(record.topic())) {
            return;
        }
        String source = sourceHeader == null ? null : record.header(sourceHeader);
        limits.admit(Variables.EVENT.of(exchange), source).ifPresent(this::refuse);
    }

    private void refuse(MailLimit limit) {
        Counter counter = refused.get(limit);
        if (counter != null) {
            counter.increment();
        }
        throw new MailRefusedException(new Conclusion.GivenUp(
                Reason.LIMITED, Fault.POLICY, UserState.OUR_FAULT, "one too many: " + limit.words()));
    }
}
