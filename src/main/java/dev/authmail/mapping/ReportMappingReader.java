package dev.authmail.mapping;

import dev.authmail.bounce.BounceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Makes a mapping of reports of its YAML, or says what is wrong with it. */
final class ReportMappingReader {
    private static final Set<String> TOP = Set.of("version", "envelope", "let", "rules");
    private static final Set<String> RULE = Set.of("when", "skip", "report", "time", "feedback", "each", "recipient");
    private static final Set<String> RECIPIENT = Set.of("address", "action", "status", "said", "words");

    private final RuleText text;

    ReportMappingReader(String place) {
        this.text = new RuleText(place);
    }

    ReportMapping read(String yaml) {
        JsonNode top = text.top(yaml, TOP);
        List<ReportRule> rules = new ArrayList<>();
        for (JsonNode rule : text.rules(top)) {
            rules.add(rule(rule, "rule " + (rules.size() + 1)));
        }
        return new ReportMapping(pointer(top, "envelope", "envelope"), rules);
    }

    private ReportRule rule(JsonNode node, String where) {
        text.onlyKnown(node, RULE, where);
        String skip = text.words(node, "skip", where);
        if ((skip == null) != node.has("report")) {
            throw text.wrong(where + ": must have either report or skip");
        }
        return new ReportRule(
                text.conditions(node, where),
                skip == null ? kind(node, where) : null,
                fields(node, where),
                pointer(node, "each", where + ".each"),
                text.expressions(node.path("recipient"), RECIPIENT, where + ".recipient"));
    }

    private BounceKind kind(JsonNode node, String where) {
        String code = node.path("report").asString("");
        return Arrays.stream(BounceKind.values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> text.wrong(where + ".report: is none of "
                        + Arrays.stream(BounceKind.values())
                                .map(BounceKind::code)
                                .toList()));
    }

    private Map<String, Expression> fields(JsonNode node, String where) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        for (String name : List.of("time", "feedback")) {
            if (node.has(name)) {
                fields.put(name, text.expression(node.get(name), where + "." + name));
            }
        }
        return fields;
    }

    private @Nullable JsonPointer pointer(JsonNode node, String field, String where) {
        return node.has(field) ? text.pointer(node.get(field), where) : null;
    }
}
