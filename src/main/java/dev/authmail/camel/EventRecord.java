package dev.authmail.camel;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
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
        int octets = 0;
        int count = 0;
        for (Header header : record.headers()) {
            byte[] value = header.octets();
            if (value == null || isReserved(header.name())) {
                continue;
            }
            octets += header.name().length() + value.length;
            count++;
            if (count > MOST_HEADERS || octets > MOST_OCTETS) {
                return;
            }
            message.setHeader(header.name(), value);
        }
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("kafka.") || lower.startsWith(ReportHeaders.PREFIX);
    }
}
