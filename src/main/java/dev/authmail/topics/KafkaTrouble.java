package dev.authmail.topics;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what is wrong with Kafka, and the mend. */
public final class KafkaTrouble {
    private KafkaTrouble() {}

    /**
     * The sentence.
     *
     * @param trouble what a Kafka client threw
     * @param brokers which were asked
     */
    public static String sentence(KafkaException trouble, String brokers) {
        String why = trouble.getClass().getSimpleName() + ", " + firstLine(trouble.getMessage());
        return switch (trouble) {
            case AuthenticationException e -> brokers + " do not know us: " + why + "; mend authmail.kafka.properties";
            case AuthorizationException e -> "not allowed: " + why + "; give authmail's Kafka user this right";
            case UnknownTopicOrPartitionException e ->
                "a topic is missing: " + firstLine(trouble.getMessage()) + "; authmail topics create makes it";
            case InterruptException e -> "interrupted while " + brokers + " were asked";
            case RetriableException e ->
                "no answer from " + brokers + ": " + why
                        + "; is a broker up and reachable from here, with what authmail.kafka.properties say of"
                        + " security?";
            case ApiException e -> "Kafka refused: " + why;
            default ->
                "Kafka's client cannot start: " + firstLine(deepest(trouble).getMessage())
                        + "; mend the brokers (host:port), or authmail.kafka.properties";
        };
    }

    /** Not one of the brokers has a name that resolves, or a property of the client is wrong. */
    private static Throwable deepest(KafkaException trouble) {
        Throwable cause = trouble.getCause();
        return cause == null ? trouble : cause;
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
