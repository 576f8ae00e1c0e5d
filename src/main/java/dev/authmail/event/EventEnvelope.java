package dev.authmail.event;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event in whichever dress it came, brought to one shape. CloudEvents 1.0, Kafka protocol binding §3.
 *
 * @param isCloudEvent whether {@code json} is a CloudEvent in JSON format; else it is the data alone
 * @param json the whole event
 */
record EventEnvelope(boolean isCloudEvent, ObjectNode json) {
    private static final String[] ATTRIBUTES = {"specversion", "id", "source", "type", "time"};
    private static final int MAX_ATTRIBUTE_CHARS = 256;

    static EventEnvelope of(SourceRecord record, ObjectNode value) {
        if (isStructured(record) || value.has("specversion") || value.has("spec_version")) {
            return new EventEnvelope(true, value);
        }
        return record.header("ce_specversion") == null
                ? new EventEnvelope(false, value)
                : new EventEnvelope(true, binary(record, value));
    }

    private static boolean isStructured(SourceRecord record) {
        var type = record.header("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
    }

    private static ObjectNode binary(SourceRecord record, ObjectNode data) {
        var event = JsonNodeFactory.instance.objectNode();
        for (var attribute : ATTRIBUTES) {
            var text = record.header("ce_" + attribute);
            if (text != null) {
                event.put(attribute, text);
            }
        }
        event.set("data", data);
        return event;
    }

    /** The data object; empty if the schema will refuse the event anyway. */
    ObjectNode data() {
        if (!isCloudEvent) {
            return json;
        }
        return json.get("data") instanceof ObjectNode data ? data : JsonNodeFactory.instance.objectNode();
    }

    /** A text of the envelope, such as {@code type}. */
    @Nullable
    String attribute(String name) {
        return isCloudEvent ? text(json, name) : null;
    }

    /** What names the event, if it says so itself, whatever else is wrong with it. */
    Optional<EventId> id() {
        var id = plain("id");
        var source = plain("source");
        if (id == null || (isCloudEvent && source == null)) {
            return Optional.empty();
        }
        return Optional.of(source == null || !isCloudEvent ? new EventId(id) : EventId.cloudEvent(source, id));
    }

    private @Nullable String plain(String name) {
        var text = text(json, name);
        return text != null && text.length() <= MAX_ATTRIBUTE_CHARS && EventId.isPlain(text) ? text : null;
    }

    static @Nullable String text(ObjectNode object, String name) {
        var node = object.get(name);
        return node != null && node.isString() ? node.stringValue() : null;
    }
}
