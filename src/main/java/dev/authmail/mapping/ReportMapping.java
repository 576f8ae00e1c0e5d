package dev.authmail.mapping;

import dev.authmail.bounce.BounceKind;
import dev.authmail.bounce.ProviderReport;
import dev.authmail.event.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes reports of what a provider posts: one object, or a list of them. Each is looked at as {@code /value}. Which mail of
 * ours it is about is looked for everywhere in it, for a MAC proves itself. Thread-safe.
 */
public final class ReportMapping {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable JsonPointer envelope;
    private final List<ReportRule> rules;

    ReportMapping(@Nullable JsonPointer envelope, List<ReportRule> rules) {
        this.envelope = envelope;
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads a mapping.
     *
     * @param place where it stands, for people
     * @param yaml its text
     * @throws IllegalArgumentException when it is not one; the message says the place and the mend
     */
    public static ReportMapping read(String place, String yaml) {
        return new ReportMappingReader(place).read(yaml);
    }

    /**
     * The reports of a request.
     *
     * @param body of the request
     * @param json reads it, within limits
     */
    public MappedReports apply(byte[] body, StrictJson json) {
        return switch (json.any(body)) {
            case StrictJson.Any.Faulty(String rule) -> new MappedReports.Malformed("the body " + rule);
            case StrictJson.Any.Node(JsonNode node) -> {
                List<JsonNode> elements = node.isArray() ? node.valueStream().toList() : List.of(node);
                yield elements.stream().allMatch(JsonNode::isObject)
                        ? new MappedReports.Of(reports(elements, json))
                        : new MappedReports.Malformed("the body is neither an object nor a list of objects");
            }
        };
    }

    private List<MappedReport> reports(List<JsonNode> elements, StrictJson json) {
        List<MappedReport> reports = new ArrayList<>();
        elements.forEach(element -> report(element, json).ifPresent(reports::add));
        return reports;
    }

    /** Empty when a rule skips it. */
    private Optional<MappedReport> report(JsonNode element, StrictJson json) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("value", element);
        JsonNode inner = inner(document, json);
        document.set("value", inner);
        Optional<ReportRule> rule = rules.stream().filter(r -> r.fits(document)).findFirst();
        if (rule.filter(r -> r.kind() == null).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new MappedReport(
                rule.map(r -> report(r, document)).orElseGet(() -> unknown(document)),
                rule.flatMap(r -> r.field("time", document)).flatMap(ReportMapping::moment),
                JSON.writeValueAsBytes(inner)));
    }

    /** What stands in the envelope; the value itself where it has none. */
    private JsonNode inner(ObjectNode document, StrictJson json) {
        JsonNode text = envelope == null ? document : document.at(envelope);
        return text.isString()
                        && json.any(text.stringValue().getBytes(StandardCharsets.UTF_8))
                                instanceof StrictJson.Any.Node(JsonNode inner)
                        && inner.isObject()
                ? inner
                : document.get("value");
    }

    private static ProviderReport report(ReportRule rule, ObjectNode document) {
        BounceKind kind = rule.kind() == null ? BounceKind.NOT_BOUNCE : rule.kind();
        List<ProviderReport.Recipient> recipients = rule.recipients(document);
        OurMarks marks = OurMarks.in(document.get("value"));
        return new ProviderReport(
                kind, recipients, rule.field("feedback", document), marks.senders(), marks.messageId());
    }

    private static ProviderReport unknown(ObjectNode document) {
        OurMarks marks = OurMarks.in(document.get("value"));
        return new ProviderReport(
                BounceKind.NOT_BOUNCE, List.of(), Optional.empty(), marks.senders(), marks.messageId());
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
