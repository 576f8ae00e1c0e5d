package dev.authmail.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The properties of Kafka clients beside those of camel-kafka. */
final class KafkaClients {
    private static final List<String> OURS = List.of(
            "acks",
            "auto.offset.reset",
            "enable.auto.commit",
            "enable.idempotence",
            "key.deserializer",
            "key.serializer",
            "value.deserializer",
            "value.serializer");

    private KafkaClients() {}

    /** Brokers, and the user's own properties. */
    static Map<String, Object> properties(AuthmailSettings.Kafka kafka) {
        refuseOurs(kafka.properties());
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put("bootstrap.servers", brokers(kafka));
        return properties;
    }

    /** The same, for a client that must have its first answer in {@code authmail.kafka.start-timeout}. */
    static Map<String, Object> impatient(AuthmailSettings.Kafka kafka) {
        Map<String, Object> properties = properties(kafka);
        String limit = Long.toString(kafka.startTimeout().toMillis());
        properties.put("default.api.timeout.ms", limit);
        properties.put("request.timeout.ms", limit);
        return properties;
    }

    static String brokers(AuthmailSettings.Kafka kafka) {
        return Checked.required(
                "authmail.kafka.brokers", kafka.brokers(), "give host:port of a broker, several with commas");
    }

    /** They would be stronger than what is set here, and an event could be lost without a word. */
    static void refuseOurs(Map<String, String> properties) {
        for (String name : OURS) {
            if (properties.containsKey(name)) {
                throw new SettingsException(
                        "authmail.kafka.properties", "holds " + name + ", which authmail sets itself; leave it out");
            }
        }
    }
}
