package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What Amazon SNS posts.
 *
 * @param fields its texts by name
 */
record SnsMessage(Map<String, String> fields) {
    private static final List<String> OF_A_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_A_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    /** Empty when it is no JSON object. */
    static Optional<SnsMessage> read(byte[] body, StrictJson json) {
        return json.any(body) instanceof StrictJson.Any.Node(JsonNode node) && node.isObject()
                ? Optional.of(new SnsMessage(node.propertyStream()
                        .filter(field -> field.getValue().isString())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, field -> field.getValue().stringValue()))))
                : Optional.empty();
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean asksToConfirm() {
        return field("Type").equals("SubscriptionConfirmation");
    }

    /** When it was first sent; empty when it does not say. */
    Optional<Instant> at() {
        try {
            return Optional.of(Instant.parse(field("Timestamp")));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** The octets that the signature is over: names and values of the fields that its type has, each with a line feed. */
    byte[] signed() {
        List<String> names = field("Type").equals("Notification") ? OF_A_NOTIFICATION : OF_A_CONFIRMATION;
        return names.stream()
                .filter(fields::containsKey)
                .map(name -> name + "\n" + field(name) + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    /** The JCA name of the algorithm; empty for a version that there is not. */
    Optional<String> algorithm() {
        return switch (field("SignatureVersion")) {
            case "1" -> Optional.of("SHA1withRSA");
            case "2" -> Optional.of("SHA256withRSA");
            default -> Optional.empty();
        };
    }
}
