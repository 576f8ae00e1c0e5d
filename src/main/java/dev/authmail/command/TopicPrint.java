package dev.authmail.command;

import dev.authmail.topics.TopicSpec;
import dev.authmail.topics.TopicState;
import dev.authmail.topics.TopicState.Difference;
import dev.authmail.topics.TopicState.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Topics as lines of text: a table with what mends each difference below it, or JSON. */
final class TopicPrint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> HEADINGS =
            List.of("TOPIC", "STATE", "PARTITIONS", "REPLICATION", "RETENTION", "CLEANUP");

    private final String brokers;

    /** @param brokers named in the commands that mend */
    TopicPrint(String brokers) {
        this.brokers = brokers;
    }

    List<String> table(List<TopicState> topics) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        topics.forEach(topic -> rows.add(row(topic)));
        List<String> lines = new ArrayList<>(TextTable.lines(rows));
        topics.forEach(topic -> lines.addAll(mends(topic)));
        if (topics.stream().anyMatch(TopicState::isMissing)) {
            lines.add("");
            lines.add("authmail topics create makes what is missing.");
        }
        return lines;
    }

    private static List<String> row(TopicState topic) {
        TopicSpec wanted = topic.wanted();
        Found found = topic.found();
        Short factor = wanted.replicationFactor();
        Map<String, String> should = wanted.configuration();
        Map<String, String> is = found == null ? should : found.configuration();
        return List.of(
                wanted.name(),
                state(topic),
                Integer.toString(found == null ? wanted.partitions() : found.partitions()),
                found == null ? Objects.toString(factor, "broker's") : Integer.toString(found.replicationFactor()),
                retention(is),
                Objects.toString(is.get("cleanup.policy"), "?"));
    }

    private static String state(TopicState topic) {
        if (topic.isMissing()) {
            return "missing";
        }
        return topic.differences().isEmpty() ? "fine" : "differs";
    }

    private static String retention(Map<String, String> configuration) {
        if ("compact".equals(configuration.get("cleanup.policy"))) {
            return "for ever";
        }
        return inWords("retention.ms", Objects.toString(configuration.get("retention.ms"), "?"));
    }

    private List<String> mends(TopicState topic) {
        List<String> lines = new ArrayList<>();
        for (Difference difference : topic.differences()) {
            lines.add("");
            lines.add(topic.wanted().name() + ": " + difference.setting() + " is "
                    + inWords(difference.setting(), difference.is()) + ", should be "
                    + inWords(difference.setting(), difference.shouldBe()));
            lines.add("  " + mend(topic.wanted().name(), difference));
        }
        return lines;
    }

    private static String inWords(String setting, String value) {
        return setting.equals("retention.ms") && value.matches("-?\\d{1,18}")
                ? Durations.text(Long.parseLong(value))
                : value;
    }

    private String mend(String topic, Difference difference) {
        String value = difference.shouldBe();
        return switch (difference.setting()) {
            // A key moves to another partition then: order is lost for a moment, no event is.
            case "partitions" ->
                "kafka-topics.sh --bootstrap-server " + brokers + " --alter --topic " + topic + " --partitions "
                        + value;
            case "replication.factor" ->
                "kafka-reassign-partitions.sh --bootstrap-server " + brokers + " with a plan of " + value
                        + " replicas for each partition";
            default ->
                "kafka-configs.sh --bootstrap-server " + brokers + " --alter --entity-type topics --entity-name "
                        + topic
                        + " --add-config '" + difference.setting() + "="
                        + (value.contains(",") ? "[" + value + "]" : value) + "'";
        };
    }

    List<String> json(List<TopicState> topics) {
        return topics.stream()
                .map(topic -> JSON.writeValueAsString(object(topic)))
                .toList();
    }

    private ObjectNode object(TopicState topic) {
        TopicSpec wanted = topic.wanted();
        Found found = topic.found();
        ObjectNode json = JSON.createObjectNode().put("topic", wanted.name()).put("state", state(topic));
        Short factor = wanted.replicationFactor();
        json.set(
                "wanted",
                described(wanted.partitions(), factor == null ? null : factor.intValue(), wanted.configuration()));
        if (found != null) {
            json.set("found", described(found.partitions(), found.replicationFactor(), found.configuration()));
        }
        ArrayNode differences = json.putArray("differences");
        topic.differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("setting", difference.setting())
                        .put("is", difference.is())
                        .put("shouldBe", difference.shouldBe())
                        .put("mend", mend(wanted.name(), difference)));
        return json;
    }

    private static ObjectNode described(int partitions, @Nullable Integer factor, Map<String, String> configuration) {
        ObjectNode json = JSON.createObjectNode().put("partitions", partitions).put("replicationFactor", factor);
        for (String setting : List.of("retention.ms", "cleanup.policy", "max.message.bytes")) {
            json.put(setting, configuration.get(setting));
        }
        return json;
    }
}
