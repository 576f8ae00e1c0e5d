package dev.authmail.mapping;

import dev.authmail.event.EventId;
import dev.authmail.event.SourceRecord;
import dev.authmail.event.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes registrations of another system's records. The record is looked at as one JSON document: {@code /value}, {@code
 * /key}, {@code /headers/<name>}, {@code /timestamp} and {@code /position}, the name of the record, stable over redelivery.
 * Thread-safe.
 */
public final class EventMapping {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> DATA = List.of("userId", "email", "name", "locale", "purpose", "continueTo");

    private final String name;
    private final List<JsonPointer> nested;
    private final List<MappingRule> rules;

    EventMapping(String name, List<JsonPointer> nested, List<MappingRule> rules) {
        this.name = name;
        this.nested = List.copyOf(nested);
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads a mapping.
     *
     * @param name of the system; the CloudEvents source, unless a rule says another
     * @param place where it stands, for people
     * @param yaml its text
     * @throws IllegalArgumentException when it is not one; the message says the place and the mend
     */
    public static EventMapping read(String name, String place, String yaml) {
        return new MappingReader(name, place).read(yaml);
    }

    /**
     * Applies the first rule that fits.
     *
     * @param record another system's
     * @param json reads its value, within limits
     */
    public Mapped apply(SourceRecord record, StrictJson json) {
        return switch (RecordDocument.of(record, json, nested)) {
            case RecordDocument.Faulty(String rule) -> new Mapped.Refused(rule);
            case RecordDocument.Document(ObjectNode document) ->
                rules.stream()
                        .filter(rule -> rule.fits(document))
                        .findFirst()
                        .map(rule -> apply(rule, document, record))
                        .orElseGet(() -> new Mapped.Refused("value: no rule of the mapping " + name + " fits it"));
        };
    }

    private Mapped apply(MappingRule rule, JsonNode document, SourceRecord record) {
        if (rule.skip() != null) {
            return new Mapped.Skipped(rule.skip());
        }
        String id = field(rule, "id", document).orElse(record.position());
        String source = field(rule, "source", document).orElse(name);
        if (rule.ignore() != null) {
            String user = field(rule, "userId", document).orElse(null);
            return new Mapped.Ignored(EventId.cloudEvent(source, id).value(), user, rule.ignore());
        }
        for (String required : List.of("userId", "email")) {
            if (field(rule, required, document).isEmpty()) {
                Expression looked = rule.event().get(required);
                return new Mapped.Refused(required + ": nothing usable at " + (looked == null ? "" : looked.words()));
            }
        }
        return event(rule, document, source, id);
    }

    private static Mapped event(MappingRule rule, JsonNode document, String source, String id) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", "registered");
        field(rule, "time", document).ifPresent(time -> event.put("time", time));
        ObjectNode data = event.putObject("data");
        for (String name : DATA) {
            field(rule, name, document).ifPresent(text -> data.put(name, text));
        }
        return new Mapped.Event(data.get("userId").stringValue(), JSON.writeValueAsBytes(event));
    }

    private static Optional<String> field(MappingRule rule, String name, JsonNode document) {
        Map<String, Expression> fields = rule.event();
        Expression expression = fields.get(name);
        return expression == null ? Optional.empty() : expression.in(document);
    }

    /** The name of the system. */
    public String name() {
        return name;
    }
}
