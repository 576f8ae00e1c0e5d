package dev.authmail.camel;

import dev.authmail.kafka.Gate;
import dev.authmail.kafka.InFlight;
import dev.authmail.kafka.NotBefore;
import dev.authmail.kafka.SharedProducers;
import dev.authmail.kafka.TrackingConsumer;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Camel's extension point for clients: every consumer tracks what is in flight and holds back what is not due; producers
 * are shared by the endpoints that would have the same.
 */
public final class TrackingClients extends DefaultKafkaClientFactory {
    private final InFlight inFlight;
    private final NotBefore notBefore;
    private final Gate gate;
    private final Duration drain;
    private final Clock clock;
    private final SharedProducers producers = new SharedProducers();

    /**
     * @param inFlight counts and limits
     * @param notBefore tells what is not due
     * @param gate tells what is held
     * @param drain how long revoked partitions may finish
     * @param clock tells the time
     */
    public TrackingClients(InFlight inFlight, NotBefore notBefore, Gate gate, Duration drain, Clock clock) {
        this.inFlight = inFlight;
        this.notBefore = notBefore;
        this.gate = gate;
        this.drain = drain;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's interface
    public Consumer getConsumer(Properties properties) {
        return new TrackingConsumer<>(properties, inFlight, notBefore, gate, drain, clock);
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's interface
    public Producer getProducer(Properties properties) {
        return producers.with(properties);
    }
}
