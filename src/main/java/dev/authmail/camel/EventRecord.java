package dev.authmail.camel;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jspecify.annotations.Nullable;

/**
 * Puts an event back on Kafka as it was received, byte for byte, with headers of ours beside it. Foreign headers are
 * carried unchanged up to a limit; those that would mean something to Camel or claim to be ours are not. Of a repeated
 * header the last is carried.
 */
final class EventRecord {
    private static final int MOST_HEADERS = 64;
    private static final int MOST_OCTETS = 16 * 1024;

    private EventRecord() {}

    static void write(Message message, SourceRecord record, Map<String, String> headers) {
        message.removeHeaders("*");
        message.setBody(record.value());
        putKey(message, record.key());
        putForeign(message, record);
        headers.forEach(message::setHeader);
    }

    static void putKey(Message message, byte @Nullable [] key) {
        if (key != null) {
            message.setHeader(KafkaConstants.KEY, key);
        }
    }

    private static void putForeign(Message message, SourceRecord record) {
        Map<String, byte[]> foreign = foreign(record.headers());
        int octets = 0;
        int count = 0;
        for (Map.Entry<String, byte[]> header : inOrderOfNeed(foreign)) {
            int size = header.getKey().getBytes(StandardCharsets.UTF_8).length + header.getValue().length;
            if (count < MOST_HEADERS && octets + size <= MOST_OCTETS) {
                message.setHeader(header.getKey(), header.getValue());
                octets += size;
                count++;
            }
        }
    }

    private static Map<String, byte[]> foreign(List<Header> headers) {
        Map<String, byte[]> last = new LinkedHashMap<>();
        for (Header header : headers) {
            byte[] value = header.octets();
            if (value != null && !isReserved(header.name())) {
                last.put(header.name(), value);
            }
        }
        return last;
    }

    /** What makes the event comes first: a retry that lost its {@code ce_type} would be read as another event. */
    private static List<Map.Entry<String, byte[]>> inOrderOfNeed(Map<String, byte[]> headers) {
        return headers.entrySet().stream()
                .sorted(Comparator.comparing(header -> !isOfTheEvent(header.getKey())))
                .toList();
    }

    /** CloudEvents 1.0, Kafka binding §3.2. */
    private static boolean isOfTheEvent(String name) {
        return name.regionMatches(true, 0, "ce_", 0, 3) || name.equalsIgnoreCase("content-type");
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("kafka.") || lower.startsWith(ReportHeaders.PREFIX);
    }
}
