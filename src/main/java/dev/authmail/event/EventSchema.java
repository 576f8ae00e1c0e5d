package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of the event, compiled once; its findings in words an operator understands. JSON Schema 2020-12. */
final class EventSchema {
    private static final String ID = "urn:authmail:schema:registration-event";
    private static final String RESOURCE = "/schemas/registration-event.schema.json";
    private static final int MAX_FINDINGS = 3;

    private final Schema cloudEvent;
    private final Schema bareData;

    EventSchema() {
        var config = SchemaRegistryConfig.builder()
                .errorMessageKeyword("errorMessage")
                .build();
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(ID, resource())).schemaRegistryConfig(config));
        this.cloudEvent = registry.getSchema(SchemaLocation.of(ID + "#/$defs/cloudEvent"));
        this.bareData = registry.getSchema(SchemaLocation.of(ID + "#/$defs/registration"));
    }

    private static String resource() {
        try (var in = EventSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE + ": build it anew");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, as {@code field: rule; field: rule}; empty if nothing is. */
    Optional<String> fault(EventEnvelope envelope) {
        var errors = (envelope.isCloudEvent() ? cloudEvent : bareData).validate(envelope.json());
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(errors.stream()
                        .map(EventSchema::describe)
                        .distinct()
                        .limit(MAX_FINDINGS)
                        .collect(Collectors.joining("; ")));
    }

    private static String describe(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> field(error.getInstanceLocation(), error.getProperty()) + ": is missing";
            case "type" -> field(error) + ": must be " + article(kind(error));
            case "minLength" -> field(error) + ": must not be empty";
            case "maxLength" ->
                field(error) + ": must have at most " + error.getSchemaNode().asString() + " characters";
            // The schema brings the words for its patterns.
            case "pattern" -> field(error) + ": " + error.getMessage();
            // A keyword that gets into the schema without words here; never the value.
            default -> field(error) + ": breaks the rule " + error.getKeyword();
        };
    }

    /** The type asked for, without the null that stands for absence. */
    private static String kind(Error error) {
        var type = error.getSchemaNode();
        return type.isArray() ? type.get(0).asString() : type.asString();
    }

    private static String article(String kind) {
        return (kind.equals("object") || kind.equals("array") ? "an " : "a ") + kind;
    }

    private static String field(Error error) {
        return field(error.getInstanceLocation(), null);
    }

    private static String field(NodePath path, @Nullable String property) {
        var names = IntStream.range(0, path.getNameCount()).mapToObj(path::getName);
        var all = property == null ? names : Stream.concat(names, Stream.of(property));
        var joined = all.collect(Collectors.joining("."));
        return joined.isEmpty() ? "value" : joined;
    }
}
