package dev.authmail.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One rule.
 *
 * @param conditions that must all hold
 * @param event the fields of the event, by name; empty for a rule that skips
 * @param ignore why no mail of ours is needed; null when one is
 * @param skip why the record does not concern us; null when it does
 */
record MappingRule(
        List<Condition> conditions,
        Map<String, Expression> event,
        @Nullable String ignore,
        @Nullable String skip) {
    boolean fits(JsonNode record) {
        return conditions.stream().allMatch(c -> c.holds(record));
    }
}
