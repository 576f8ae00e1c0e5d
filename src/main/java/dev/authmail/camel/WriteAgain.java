package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a write that failed is made again: as long as the failure is Kafka's. What cannot be written at all, because an
 * edited route made it wrong, would otherwise be tried for ever and hold back the commit of all that follows.
 */
public enum WriteAgain implements Predicate {
    /** Also what is too large: its topic may take more one day, or the record be made smaller. */
    WHILE_KAFKA_FAILS {
        @Override
        public boolean matches(Exchange exchange) {
            Exception failure = failure(exchange);
            // A client that Kafka has shut out throws an IllegalStateException from then on.
            return failure instanceof KafkaException && !isAboutTheRecord(failure)
                    || failure instanceof IllegalStateException;
        }
    },
    /** Not what is too large for its retry topic, nor what has none: without its tier there is no such topic. */
    WHILE_A_RETRY_FITS {
        @Override
        public boolean matches(Exchange exchange) {
            return WHILE_KAFKA_FAILS.matches(exchange)
                    && !(failure(exchange) instanceof RecordTooLargeException)
                    && Variables.RETRY_TOPIC.orNull(exchange) != null;
        }
    };

    /** Such as one without a key for a compacted topic. */
    private static boolean isAboutTheRecord(Exception failure) {
        return failure instanceof SerializationException || failure instanceof InvalidRecordException;
    }

    private static @Nullable Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
