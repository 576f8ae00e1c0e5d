package dev.authmail.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Makes a mapping of its YAML, or says what is wrong with it: an unknown word is refused, not passed over. */
final class MappingReader {
    private static final int VERSION = 1;
    private static final int MAX_CHARS = 64 * 1024;
    private static final Set<String> TOP = Set.of("version", "nested", "let", "rules");
    private static final Set<String> RULE = Set.of("when", "event", "ignore", "skip");
    private static final Set<String> EVENT =
            Set.of("id", "source", "time", "userId", "email", "name", "locale", "purpose", "continueTo");
    private static final Set<String> FROM = Set.of("from", "as", "name");

    private final String name;
    private final String place;
    private final Map<String, Expression> named = new LinkedHashMap<>();

    MappingReader(String name, String place) {
        this.name = name;
        this.place = place;
    }

    EventMapping read(String yaml) {
        JsonNode top = tree(yaml);
        onlyKnown(top, TOP, "the mapping");
        if (top.path("version").asInt(0) != VERSION) {
            throw wrong("version: must be " + VERSION + ", the version of the format that this authmail reads");
        }
        List<JsonPointer> nested = new ArrayList<>();
        items(top.path("nested"), "nested").forEach(node -> nested.add(pointer(node, "nested")));
        fields(top.path("let"), "let").forEach((text, from) -> named.put(text, expression(from, "let." + text)));
        List<MappingRule> rules = new ArrayList<>();
        for (JsonNode rule : items(top.path("rules"), "rules")) {
            rules.add(rule(rule, "rule " + (rules.size() + 1)));
        }
        if (rules.isEmpty()) {
            throw wrong("rules: there must be at least one");
        }
        return new EventMapping(name, nested, rules);
    }

    private JsonNode tree(String yaml) {
        if (yaml.length() > MAX_CHARS) {
            throw wrong("is larger than " + MAX_CHARS + " characters");
        }
        try {
            return YAMLMapper.builder(YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build())
                    .build()
                    .readTree(yaml);
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            throw wrong("is not YAML" + (at == null ? "" : ", line " + at.getLineNr()));
        }
    }

    private MappingRule rule(JsonNode node, String where) {
        onlyKnown(node, RULE, where);
        List<Condition> conditions = new ArrayList<>();
        fields(node.path("when"), where + ".when")
                .forEach((path, wanted) -> conditions.add(condition(path, wanted, where)));
        String ignore = words(node, "ignore", where);
        String skip = words(node, "skip", where);
        Map<String, Expression> event = event(node.path("event"), where + ".event");
        if ((skip == null) == event.isEmpty()) {
            throw wrong(where + ": must have either event, to which ignore may be added, or skip");
        }
        if (skip != null && ignore != null) {
            throw wrong(where + ": ignore tells the application, skip tells nobody; choose one");
        }
        if (ignore == null && skip == null && !event.keySet().containsAll(List.of("userId", "email"))) {
            throw wrong(where + ".event: userId and email are required");
        }
        return new MappingRule(conditions, event, ignore, skip);
    }

    private Condition condition(String path, JsonNode wanted, String where) {
        if (wanted.isObject()) {
            onlyKnown(wanted, Set.of("present"), where + ".when." + path);
            if (!wanted.path("present").isBoolean()) {
                throw wrong(where + ".when." + path + ".present: must be true or false");
            }
            return new Condition.Present(
                    pointer(path, where + ".when"), wanted.get("present").booleanValue());
        }
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode value : wanted.isArray() ? items(wanted, where) : List.of(wanted)) {
            values.add(Expression.scalar(value)
                    .orElseThrow(() -> wrong(where + ".when." + path + ": must be a text or a list of texts")));
        }
        return new Condition.OneOf(text(path, where), values);
    }

    private Expression text(String path, String where) {
        Expression name = named.get(path);
        return name == null ? new Expression.At(pointer(path, where + ".when"), Transform.TEXT, "") : name;
    }

    private Map<String, Expression> event(JsonNode node, String where) {
        if (node.isMissingNode()) {
            return Map.of();
        }
        onlyKnown(node, EVENT, where);
        Map<String, Expression> event = new LinkedHashMap<>();
        fields(node, where).forEach((field, value) -> event.put(field, expression(value, where + "." + field)));
        return event;
    }

    private Expression expression(JsonNode node, String where) {
        if (node.isArray()) {
            return new Expression.First(expressions(node, where));
        }
        if (node.isObject()) {
            return transformed(node, where);
        }
        String text = Expression.scalar(node).orElseThrow(() -> wrong(where + ": must be a pointer or a text"));
        return text.startsWith("/")
                ? new Expression.At(pointer(text, where), Transform.TEXT, "")
                : new Expression.Constant(text);
    }

    private Expression transformed(JsonNode node, String where) {
        onlyKnown(node, FROM, where);
        String as = node.path("as").asString("text");
        if (as.equals("joined")) {
            return new Expression.Joined(expressions(node.path("from"), where + ".from"));
        }
        Transform transform = Transform.fromCode(as)
                .orElseThrow(() -> wrong(where + ".as: is none of joined, "
                        + String.join(
                                ", ",
                                java.util.Arrays.stream(Transform.values())
                                        .map(Transform::code)
                                        .toList())));
        String parameter = node.path("name").asString("");
        if ((transform == Transform.QUERY_PARAMETER) == parameter.isEmpty()) {
            throw wrong(where + ".name: goes with query-parameter, and with it alone");
        }
        return new Expression.At(pointer(node.path("from"), where + ".from"), transform, parameter);
    }

    private List<Expression> expressions(JsonNode list, String where) {
        List<Expression> all = new ArrayList<>();
        items(list, where).forEach(item -> all.add(expression(item, where)));
        if (all.isEmpty()) {
            throw wrong(where + ": must be a list");
        }
        return List.copyOf(all);
    }

    private JsonPointer pointer(JsonNode node, String where) {
        return pointer(node.asString(""), where);
    }

    private JsonPointer pointer(String text, String where) {
        if (!text.startsWith("/")) {
            throw wrong(where + ": must be a JSON Pointer such as /value/email (RFC 6901)");
        }
        return JsonPointer.compile(text);
    }

    private @Nullable String words(JsonNode node, String field, String where) {
        if (!node.has(field)) {
            return null;
        }
        if (!node.get(field).isString() || node.get(field).stringValue().isBlank()) {
            throw wrong(where + "." + field + ": must say why, in words");
        }
        return node.get(field).stringValue();
    }

    private List<JsonNode> items(JsonNode list, String where) {
        if (!list.isMissingNode() && !list.isArray()) {
            throw wrong(where + ": must be a list");
        }
        return list.valueStream().toList();
    }

    private Map<String, JsonNode> fields(JsonNode node, String where) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw wrong(where + ": must have fields");
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.propertyStream().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }

    private void onlyKnown(JsonNode node, Set<String> known, String where) {
        for (String field : fields(node, where).keySet()) {
            if (!known.contains(field)) {
                throw wrong(where + ": " + field + " is not one of " + new TreeSet<>(known));
            }
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
