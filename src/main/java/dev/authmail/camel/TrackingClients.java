package dev.authmail.camel;

import dev.authmail.kafka.Gate;
import dev.authmail.kafka.InFlight;
import dev.authmail.kafka.NotBefore;
import dev.authmail.kafka.TrackingConsumer;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Camel's extension point for clients: every consumer tracks what is in flight and holds back what is not due. */
public final class TrackingClients extends DefaultKafkaClientFactory {
    private final InFlight inFlight;
    private final NotBefore notBefore;
    private final Gate gate;
    private final Duration drain;
    private final Clock clock;

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
}
