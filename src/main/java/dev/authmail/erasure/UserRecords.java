package dev.authmail.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.EventReader;
import dev.authmail.event.SourceRecord;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.topics.TopicScan;
import dev.authmail.topics.TopicWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Finds a user's records and ledger entries, and writes the tombstones. */
public final class UserRecords {
    private final TopicScan scan;
    private final EventReader reader;
    private final String user;

    /**
     * @param scan reads topics
     * @param reader tells whom a record is about
     * @param user the application's id of the user
     */
    public UserRecords(TopicScan scan, EventReader reader, String user) {
        this.scan = scan;
        this.reader = reader;
        this.user = user;
    }

    /**
     * One entry of the ledger.
     *
     * @param key its Kafka key
     * @param partition where it stands
     * @param waiting whether another attempt will be made, which would write the entry anew
     */
    public record Entry(String key, int partition, boolean waiting) {}

    /** The user's entries in the ledger that are not erased yet. */
    public List<Entry> entries(String ledger) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        scan.read(ledger, null, record -> {
            byte[] octets = record.key();
            if (octets == null) {
                return;
            }
            String key = new String(octets, UTF_8);
            Optional<LedgerEntry> entry = Optional.ofNullable(record.value()).flatMap(LedgerEntry::fromJson);
            if (entry.map(LedgerEntry::userId).filter(user::equals).isPresent()) {
                boolean waiting = entry.get().state() == LedgerEntry.State.WAITING;
                entries.put(key, new Entry(key, record.partition(), waiting));
            } else {
                entries.remove(key);
            }
        });
        return List.copyOf(entries.values());
    }

    /**
     * What another topic holds.
     *
     * @param retentionMillis of the topic; below 0 for ever
     */
    public Remains remains(String topic, long retentionMillis) {
        Count count = new Count();
        scan.read(topic, null, count::take);
        boolean ends = count.records > 0 && retentionMillis >= 0;
        Instant until = ends ? Instant.ofEpochMilli(count.newest).plusMillis(retentionMillis) : null;
        return new Remains(topic, count.records, until, count.unknown);
    }

    private final class Count {
        private int records;
        private int unknown;
        private long newest;

        void take(SourceRecord record) {
            Optional<String> subject = reader.userId(record);
            byte[] key = record.key();
            boolean byKey = key != null && user.equals(new String(key, UTF_8));
            if (byKey || subject.filter(user::equals).isPresent()) {
                records++;
                newest = Math.max(newest, record.timestamp().toEpochMilli());
            } else if (subject.isEmpty() && record.valueSize() > 0) {
                unknown++;
            }
        }
    }

    /** Writes a tombstone for each entry and waits until Kafka has it. */
    public static void erase(TopicWriter writer, String ledger, List<Entry> entries) {
        for (Entry entry : entries) {
            writer.write(
                    new ProducerRecord<>(ledger, entry.partition(), entry.key().getBytes(UTF_8), null));
        }
    }
}
