package dev.authmail.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event that authmail put back on Kafka: a dead letter or a retry record.
 *
 * @param record as it came
 */
public record Letter(ConsumerRecord<byte[], byte[]> record) {
    /** A header as text; null when it is absent. {@code authmail-} is added to the name. */
    public String says(String name) {
        return header("authmail-" + name);
    }

    /** A header as text; null when it is absent. */
    public String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    /** A header that holds a moment. */
    public Instant moment(String name) {
        return Instant.parse(says(name));
    }

    /** All headers by name. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return headers;
    }

    public String reason() {
        return says("reason");
    }

    public String fault() {
        return says("fault");
    }

    public String detail() {
        return says("detail");
    }

    /** The Kafka key as text, or null. */
    public String key() {
        return text(record.key());
    }

    /** The value, octet for octet; null for a tombstone. */
    public byte[] value() {
        return record.value();
    }

    static String text(byte[] octets) {
        return octets == null ? null : new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return headers().toString();
    }
}
