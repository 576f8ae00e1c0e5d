package dev.authmail.mapping;

import dev.authmail.bounce.BounceKind;
import dev.authmail.bounce.ProviderReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule of a mapping of reports.
 *
 * @param conditions that must all hold
 * @param kind what the report is; null when the rule skips it
 * @param fields time and feedback of the report, by name
 * @param each where the list of recipients is; null when there is one recipient
 * @param recipient the fields of a recipient, by name
 */
record ReportRule(
        List<Condition> conditions,
        @Nullable BounceKind kind,
        Map<String, Expression> fields,
        @Nullable JsonPointer each,
        Map<String, Expression> recipient) {
    private static final int MOST_RECIPIENTS = 100;

    boolean fits(JsonNode document) {
        return conditions.stream().allMatch(c -> c.holds(document));
    }

    Optional<String> field(String name, JsonNode document) {
        return text(fields, name, document);
    }

    /** Of a list, each stands in the document as {@code /recipient} while it is looked at. */
    List<ProviderReport.Recipient> recipients(ObjectNode document) {
        if (recipient.isEmpty()) {
            return List.of();
        }
        Stream<JsonNode> found =
                each == null ? Stream.of(document) : document.at(each).valueStream();
        return found.limit(MOST_RECIPIENTS)
                .map(one -> each == null ? document : document.set("recipient", one))
                .map(this::recipient)
                .toList();
    }

    private ProviderReport.Recipient recipient(JsonNode document) {
        return new ProviderReport.Recipient(
                text(recipient, "address", document).orElse(""),
                text(recipient, "action", document).orElse(""),
                text(recipient, "status", document).orElse(""),
                text(recipient, "said", document).orElse(""),
                text(recipient, "words", document).orElse(""));
    }

    private static Optional<String> text(Map<String, Expression> fields, String name, JsonNode document) {
        Expression expression = fields.get(name);
        return expression == null ? Optional.empty() : expression.in(document);
    }
}
