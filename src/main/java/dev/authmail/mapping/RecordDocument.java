package dev.authmail.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.event.StrictJson;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record as one JSON document, for the pointers of a mapping. */
sealed interface RecordDocument {
    /** It can be looked at. */
    record Document(ObjectNode json) implements RecordDocument {}

    /** Its value is not JSON; the rule says why, without a word of it. */
    record Faulty(String rule) implements RecordDocument {}

    /** @param nested where a text may hold JSON again; read in this order */
    static RecordDocument of(SourceRecord record, StrictJson json, List<JsonPointer> nested) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        byte[] value = record.value();
        if (value != null) {
            switch (json.any(value)) {
                case StrictJson.Any.Faulty(String rule) -> {
                    return new Faulty("value: " + rule);
                }
                case StrictJson.Any.Node(JsonNode node) -> document.set("value", node);
            }
        }
        byte[] key = record.key();
        if (key != null) {
            document.put("key", new String(key, UTF_8));
        }
        ObjectNode headers = document.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.name(), header.text());
        }
        document.put("timestamp", record.timestamp().toString());
        document.put("position", record.position());
        nested.forEach(pointer -> unfold(document, pointer, json));
        return new Document(document);
    }

    /** Puts in place of a text what it holds, if that is JSON; a text that is none stays. */
    private static void unfold(ObjectNode document, JsonPointer pointer, StrictJson json) {
        JsonNode text = document.at(pointer);
        JsonPointer head = pointer.head();
        if (text.isString()
                && head != null
                && document.at(head) instanceof ObjectNode parent
                && json.any(text.stringValue().getBytes(UTF_8)) instanceof StrictJson.Any.Node(JsonNode inner)) {
            parent.set(pointer.last().getMatchingProperty(), inner);
        }
    }
}
