package dev.authmail.webhook;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The topics of Amazon SNS that may send. */
public final class SnsTopics {
    private final Map<String, SnsTopic> byArn;

    /** @param topics all of them */
    public SnsTopics(Collection<SnsTopic> topics) {
        this.byArn =
                topics.stream().collect(Collectors.toUnmodifiableMap(SnsTopic::arn, Function.identity(), (a, b) -> a));
    }

    /** The topic of a message; empty when it may not send. */
    Optional<SnsTopic> of(SnsMessage message) {
        return Optional.ofNullable(byArn.get(message.field("TopicArn")));
    }
}
