package dev.authmail.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Makes a mapping of its YAML, or says what is wrong with it. */
final class MappingReader {
    private static final Set<String> TOP = Set.of("version", "nested", "let", "rules");
    private static final Set<String> RULE = Set.of("when", "event", "ignore", "skip");
    private static final Set<String> EVENT =
            Set.of("id", "source", "time", "userId", "email", "name", "locale", "purpose", "continueTo");

    private final String name;
    private final RuleText text;

    MappingReader(String name, String place) {
        this.name = name;
        this.text = new RuleText(place);
    }

    EventMapping read(String yaml) {
        JsonNode top = text.top(yaml, TOP);
        List<JsonPointer> nested = new ArrayList<>();
        text.items(top.path("nested"), "nested").forEach(node -> nested.add(text.pointer(node, "nested")));
        List<MappingRule> rules = new ArrayList<>();
        for (JsonNode rule : text.rules(top)) {
            rules.add(rule(rule, "rule " + (rules.size() + 1)));
        }
        return new EventMapping(name, nested, rules);
    }

    private MappingRule rule(JsonNode node, String where) {
        text.onlyKnown(node, RULE, where);
        List<Condition> conditions = text.conditions(node, where);
        String ignore = text.words(node, "ignore", where);
        String skip = text.words(node, "skip", where);
        Map<String, Expression> event = text.expressions(node.path("event"), EVENT, where + ".event");
        if ((skip == null) == event.isEmpty()) {
            throw text.wrong(where + ": must have either event, to which ignore may be added, or skip");
        }
        if (skip != null && ignore != null) {
            throw text.wrong(where + ": ignore tells the application, skip tells nobody; choose one");
        }
        if (ignore == null && skip == null && !event.keySet().containsAll(List.of("userId", "email"))) {
            throw text.wrong(where + ".event: userId and email are required");
        }
        return new MappingRule(conditions, event, ignore, skip);
    }
}
