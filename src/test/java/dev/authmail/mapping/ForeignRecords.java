package dev.authmail.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.event.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records of other systems, and the mappings that are shipped. */
final class ForeignRecords {
    private static final StrictJson JSON = new StrictJson(256 * 1024);

    private ForeignRecords() {}

    static SourceRecord of(@Nullable String key, @Nullable String value, Map<String, String> headers) {
        return new SourceRecord(
                "foreign",
                0,
                7,
                Instant.parse("2026-11-24T06:00:00Z"),
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                headers.entrySet().stream()
                        .map(h -> new Header(h.getKey(), h.getValue().getBytes(UTF_8)))
                        .toList());
    }

    static EventMapping shipped(String system) {
        try (InputStream file = ForeignRecords.class.getResourceAsStream("/mappings/" + system + ".yaml")) {
            return EventMapping.read(
                    system, system, new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mapped apply(String system, SourceRecord record) {
        return shipped(system).apply(record, JSON);
    }

    static Mapped applyYaml(String yaml, SourceRecord record) {
        return EventMapping.read("mine", "mine.yaml", yaml).apply(record, JSON);
    }
}
