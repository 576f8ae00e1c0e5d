package dev.authmail.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * One producer for all who ask for the same: what they write to several topics leaves in one request, and one thread and
 * one set of buffers do for all. It is closed when the last of them has closed it. Thread-safe.
 */
public final class SharedProducers {
    private final Map<Properties, Shared> open = new HashMap<>();

    /** The producer with these properties; a transactional one is the caller's alone. */
    public Producer<Object, Object> with(Properties properties) {
        if (properties.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
            return new KafkaProducer<>(properties);
        }
        synchronized (open) {
            Shared shared = open.computeIfAbsent((Properties) properties.clone(), Shared::new);
            shared.users++;
            return shared;
        }
    }

    private boolean isLast(Shared shared) {
        synchronized (open) {
            shared.users--;
            return shared.users == 0 && open.remove(shared.properties, shared);
        }
    }

    private final class Shared extends KafkaProducer<Object, Object> {
        private final Properties properties;
        private int users;

        Shared(Properties properties) {
            super(properties);
            this.properties = properties;
        }

        /** The other {@code close} comes here too. */
        @Override
        public void close(Duration timeout) {
            if (isLast(this)) {
                super.close(timeout);
            }
        }
    }
}
