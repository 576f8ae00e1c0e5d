package dev.authmail.ledger;

import dev.authmail.event.EventFingerprint;
import dev.authmail.event.EventId;
import dev.authmail.kafka.TopicIndex;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds where an event stands by its fingerprint alone, as a bounce brings it, as far back as the ledger topic reaches. */
public final class LedgerSearch implements AutoCloseable {
    private final TopicIndex index;

    /**
     * An event and where it stands.
     *
     * @param event its id
     * @param entry its newest entry
     */
    public record Found(EventId event, LedgerEntry entry) {}

    /**
     * @param client properties of a Kafka client
     * @param topic the ledger's
     * @param maxEntries how many events are kept at hand; older ones take as long as reading the topic
     */
    public LedgerSearch(Map<String, Object> client, String topic, int maxEntries) {
        this.index = new TopicIndex(
                client,
                topic,
                key -> EventId.parse(key).map(id -> id.fingerprint().octets()),
                maxEntries);
    }

    /**
     * The newest entry of an event; empty when the ledger does not know it. Throws {@code KafkaException} when no broker
     * answers.
     *
     * @param since its newest entry was written at this moment or later
     */
    public Optional<Found> find(EventFingerprint event, Instant since) {
        return index.find(event.octets(), since)
                .flatMap(record -> EventId.parse(record.key())
                        .flatMap(id -> LedgerEntry.fromJson(record.value()).map(entry -> new Found(id, entry))));
    }

    @Override
    public void close() {
        index.close();
    }
}
