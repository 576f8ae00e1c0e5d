package dev.authmail.topics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * How a topic should be.
 *
 * @param name its name
 * @param partitions how many when it is created; more do no harm
 * @param replicationFactor of its partitions when it is created; null leaves it to the broker
 * @param retention how long a record is kept; null for ever
 * @param compacted whether only the newest record of each key is kept
 * @param largestRecord octets of the largest record that it takes
 */
public record TopicSpec(
        String name,
        int partitions,
        @Nullable Short replicationFactor,
        @Nullable Duration retention,
        boolean compacted,
        int largestRecord) {

    static final String RETENTION = "retention.ms";
    static final String CLEANUP = "cleanup.policy";
    static final String LARGEST = "max.message.bytes";

    /** Its settings, as Kafka names them. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put(RETENTION, Long.toString(retention == null ? -1 : retention.toMillis()));
        configuration.put(CLEANUP, cleanupPolicy());
        configuration.put(LARGEST, Integer.toString(largestRecord));
        return configuration;
    }

    private String cleanupPolicy() {
        if (!compacted) {
            return "delete";
        }
        return retention == null ? "compact" : "compact,delete";
    }

    NewTopic toCreate() {
        return new NewTopic(name, Optional.of(partitions), Optional.ofNullable(replicationFactor))
                .configs(configuration());
    }
}
