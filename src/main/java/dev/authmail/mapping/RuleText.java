package dev.authmail.mapping;

import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * What the files of mappings have in common: conditions, expressions, pointers. What is wrong is told with its place: an
 * unknown word is refused, not passed over.
 */
final class RuleText {
    private static final int VERSION = 1;
    private static final int MAX_CHARS = 64 * 1024;
    private static final Set<String> FROM = Set.of("from", "as", "name");

    private final String place;
    private final Map<String, Expression> named = new LinkedHashMap<>();

    /** @param place where the file stands, for people */
    RuleText(String place) {
        this.place = place;
    }

    /**
     * The file as a tree, its names for conditions known from here on.
     *
     * @param words that may stand at its top
     */
    JsonNode top(String yaml, Set<String> words) {
        JsonNode top = tree(yaml);
        onlyKnown(top, words, "the mapping");
        if (top.path("version").asInt(0) != VERSION) {
            throw wrong("version: must be " + VERSION + ", the version of the format that this authmail reads");
        }
        fields(top.path("let"), "let").forEach((text, from) -> named.put(text, expression(from, "let." + text)));
        return top;
    }

    /** The rules; there is at least one. */
    List<JsonNode> rules(JsonNode top) {
        List<JsonNode> rules = items(top.path("rules"), "rules");
        if (rules.isEmpty()) {
            throw wrong("rules: there must be at least one");
        }
        return rules;
    }

    /** What must all hold, so that a rule fits. */
    List<Condition> conditions(JsonNode rule, String where) {
        List<Condition> conditions = new ArrayList<>();
        fields(rule.path("when"), where + ".when")
                .forEach((path, wanted) -> conditions.add(condition(path, wanted, where)));
        return conditions;
    }

    /**
     * Expressions by the name of their field.
     *
     * @param names those that there are
     */
    Map<String, Expression> expressions(JsonNode node, Set<String> names, String where) {
        onlyKnown(node, names, where);
        Map<String, Expression> found = new LinkedHashMap<>();
        fields(node, where).forEach((field, value) -> found.put(field, expression(value, where + "." + field)));
        return found;
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

    Expression expression(JsonNode node, String where) {
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
                                Arrays.stream(Transform.values())
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

    JsonPointer pointer(JsonNode node, String where) {
        return pointer(node.asString(""), where);
    }

    private JsonPointer pointer(String text, String where) {
        if (!text.startsWith("/")) {
            throw wrong(where + ": must be a JSON Pointer such as /value/email (RFC 6901)");
        }
        return JsonPointer.compile(text);
    }

    @Nullable
    String words(JsonNode node, String field, String where) {
        if (!node.has(field)) {
            return null;
        }
        if (!node.get(field).isString() || node.get(field).stringValue().isBlank()) {
            throw wrong(where + "." + field + ": must say why, in words");
        }
        return node.get(field).stringValue();
    }

    List<JsonNode> items(JsonNode list, String where) {
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

    void onlyKnown(JsonNode node, Set<String> known, String where) {
        for (String field : fields(node, where).keySet()) {
            if (!known.contains(field)) {
                throw wrong(where + ": " + field + " is not one of " + new TreeSet<>(known));
            }
        }
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
