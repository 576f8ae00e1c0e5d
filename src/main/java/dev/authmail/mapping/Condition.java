package dev.authmail.mapping;

import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** What must be true of a record, so that a rule fits. */
sealed interface Condition {
    boolean holds(JsonNode record);

    /** The text is one of these. */
    record OneOf(Expression text, Set<String> values) implements Condition {
        @Override
        public boolean holds(JsonNode record) {
            return text.in(record).filter(values::contains).isPresent();
        }
    }

    /** There is a value, or there is none; null is none. */
    record Present(JsonPointer pointer, boolean wanted) implements Condition {
        @Override
        public boolean holds(JsonNode record) {
            JsonNode node = record.at(pointer);
            return wanted != (node.isMissingNode() || node.isNull());
        }
    }
}
