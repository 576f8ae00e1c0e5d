package dev.authmail.command;

import dev.authmail.testkit.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of commands that read the state topic, and of little else. */
final class StateTopics {
    private StateTopics() {}

    /** The test's broker, with a state topic of this name. */
    static ServiceSettings named(String topic) {
        return settings(Broker.address(), topic, Duration.ofSeconds(30));
    }

    /** Nobody listens there. */
    static ServiceSettings unreachable() {
        return settings("127.0.0.1:1", "state", Duration.ofMillis(300));
    }

    private static ServiceSettings settings(String brokers, String topic, Duration patience) {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", brokers, "default.api.timeout.ms", "10000", "request.timeout.ms", "10000");
        var topics = new ServiceSettings.TopicNames("r", List.of(), "o", "d", "l", "s", topic, Set.of());
        return new ServiceSettings(
                brokers,
                kafka,
                patience,
                topics,
                List.of(),
                1024 * 1024,
                1024 * 1024,
                true,
                null,
                Set.of("relay", "direct"));
    }
}
