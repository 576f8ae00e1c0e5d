package dev.authmail.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Where a text of the event comes from. */
sealed interface Expression {
    /** The text; empty when the record has none. */
    Optional<String> in(JsonNode record);

    /** How it reads, for people: pointers and constants of the mapping, nothing of a record. */
    String words();

    /** A text of the mapping itself. */
    record Constant(String text) implements Expression {
        @Override
        public Optional<String> in(JsonNode record) {
            return Optional.of(text);
        }

        @Override
        public String words() {
            return text;
        }
    }

    /** A value of the record: a text, a whole number, true or false. RFC 6901. */
    record At(JsonPointer pointer, Transform transform, String name) implements Expression {
        @Override
        public Optional<String> in(JsonNode record) {
            return scalar(record.at(pointer)).flatMap(text -> transform.of(text, name));
        }

        @Override
        public String words() {
            return pointer.toString();
        }
    }

    /** The first that gives a text. */
    record First(List<Expression> choices) implements Expression {
        @Override
        public Optional<String> in(JsonNode record) {
            return choices.stream().flatMap(c -> c.in(record).stream()).findFirst();
        }

        @Override
        public String words() {
            return choices.stream().map(Expression::words).collect(Collectors.joining(", "));
        }
    }

    /** Those that give a text, with a blank between them: first and last name. */
    record Joined(List<Expression> parts) implements Expression {
        @Override
        public Optional<String> in(JsonNode record) {
            String all = parts.stream().flatMap(p -> p.in(record).stream()).collect(Collectors.joining(" "));
            return all.isEmpty() ? Optional.empty() : Optional.of(all);
        }

        @Override
        public String words() {
            return parts.stream().map(Expression::words).collect(Collectors.joining(" and "));
        }
    }

    /** What can stand for a text; blanks alone are none, and neither is a fraction. */
    static Optional<String> scalar(JsonNode node) {
        if (node.isString()) {
            return node.stringValue().isBlank() ? Optional.empty() : Optional.of(node.stringValue());
        }
        return node.isIntegralNumber() || node.isBoolean() ? Optional.of(node.asString()) : Optional.empty();
    }
}
