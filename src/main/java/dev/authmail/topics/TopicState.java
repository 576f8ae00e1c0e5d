package dev.authmail.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it should be and as it is.
 *
 * @param wanted as it should be
 * @param found as it is; null when it is missing
 */
public record TopicState(TopicSpec wanted, @Nullable Found found) {
    /**
     * A topic as Kafka has it.
     *
     * @param partitions how many
     * @param replicationFactor of its first partition
     * @param configuration the settings in force, the broker's defaults included
     */
    public record Found(int partitions, int replicationFactor, Map<String, String> configuration) {}

    /**
     * One thing that is not as it should be.
     *
     * @param setting as Kafka names it, or {@code partitions}, {@code replication.factor}
     * @param is as it is
     * @param shouldBe as it should be
     */
    public record Difference(String setting, String is, String shouldBe) {}

    public boolean isMissing() {
        return found == null;
    }

    /**
     * What is not as it should be; nothing when the topic is missing. More partitions, more replicas and room for larger
     * records than asked for are no fault.
     */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        if (found == null) {
            return differences;
        }
        if (found.partitions() < wanted.partitions()) {
            differences.add(difference("partitions", found.partitions(), wanted.partitions()));
        }
        Short factor = wanted.replicationFactor();
        if (factor != null && found.replicationFactor() < factor) {
            differences.add(difference("replication.factor", found.replicationFactor(), factor));
        }
        wanted.configuration().forEach((name, value) -> {
            String is = found.configuration().getOrDefault(name, "");
            if (!isFine(name, is, value)) {
                differences.add(new Difference(name, is, value));
            }
        });
        return differences;
    }

    private static Difference difference(String setting, int is, int shouldBe) {
        return new Difference(setting, Integer.toString(is), Integer.toString(shouldBe));
    }

    private boolean isFine(String name, String is, String shouldBe) {
        return switch (name) {
            case TopicSpec.CLEANUP -> words(is).equals(words(shouldBe));
            case TopicSpec.LARGEST -> is.matches("\\d{1,10}") && Long.parseLong(is) >= wanted.largestRecord();
            // Where nothing is deleted by age, the age says nothing.
            case TopicSpec.RETENTION -> is.equals(shouldBe) || wanted.compacted() && wanted.retention() == null;
            default -> is.equals(shouldBe);
        };
    }

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split("\\s*,\\s*")));
    }
}
