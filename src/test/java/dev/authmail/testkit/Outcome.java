package dev.authmail.testkit;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record of the topic of outcomes, as the application reads it.
 *
 * @param record as it came
 * @param json its value
 */
public record Outcome(ConsumerRecord<byte[], byte[]> record, JsonNode json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Outcome.class.getResourceAsStream("/schemas/outcome.schema.json"));

    /** Reads a record of that topic. */
    public static Outcome of(ConsumerRecord<byte[], byte[]> record) {
        return new Outcome(record, JSON.readTree(record.value()));
    }

    /** The CloudEvents type without the prefix: {@code accepted}, {@code deferred}, {@code failed} … */
    public String type() {
        return json.path("type").asString().replaceFirst("^authmail\\.", "");
    }

    /** A field of the data as text; empty when it is absent. */
    public String data(String field) {
        return json.path("data").path(field).asString("");
    }

    /** A field of the envelope as text; empty when it is absent. */
    public String attribute(String name) {
        return json.path(name).asString("");
    }

    /** The Kafka key as text, or null. */
    public String key() {
        return Letter.text(record.key());
    }

    /** What the published schema finds wrong with it. */
    public List<Error> schemaProblems() {
        return SCHEMA.validate(
                new String(record.value(), StandardCharsets.UTF_8),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
