package dev.authmail.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A notification of Amazon SES that SNS sent as a mail: JSON, cut into lines, with words below it.
 *
 * @param kind what it tells
 * @param recipients of whom
 */
record ServiceNotice(BounceKind kind, List<Evidence> recipients) {
    private static final int MAX_TEXT = 64 << 10;
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());

    ServiceNotice {
        recipients = List.copyOf(recipients);
    }

    /** Reads a text; empty when it is no such notification. */
    static Optional<ServiceNotice> read(String text) {
        return json(text).map(json -> new ServiceNotice(kind(json), recipients(json)));
    }

    private static BounceKind kind(JsonNode json) {
        return switch (type(json)) {
            case "Bounce", "DeliveryDelay" -> BounceKind.BOUNCE;
            case "Complaint" -> BounceKind.ARF;
            case "Delivery" -> BounceKind.DELIVERED;
            default -> BounceKind.NOT_BOUNCE;
        };
    }

    private static String type(JsonNode json) {
        return json.path("notificationType").asString(json.path("eventType").asString(""));
    }

    private static Optional<JsonNode> json(String notice) {
        if (!notice.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        String bounded = notice.length() > MAX_TEXT ? notice.substring(0, MAX_TEXT) : notice;
        StringBuilder text = new StringBuilder();
        for (String line : (Iterable<String>) bounded.lines().takeWhile(l -> !l.equals("--"))::iterator) {
            // Old senders cut long lines by "!" and begin the rest with a space.
            boolean cut = !text.isEmpty() && text.charAt(text.length() - 1) == '!' && line.startsWith(" ");
            if (cut) {
                text.setLength(text.length() - 1);
            }
            text.append(cut ? line.substring(1) : line);
        }
        try {
            JsonNode json = JSON.readTree(text.toString());
            JsonNode inner = json.path("Message");
            return Optional.of(inner.isString() ? JSON.readTree(inner.asString()) : json)
                    .filter(j -> !type(j).isEmpty());
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static List<Evidence> recipients(JsonNode json) {
        List<Evidence> found = new ArrayList<>();
        for (JsonNode node : json.path("bounce").path("bouncedRecipients")) {
            found.add(evidence(node, node.path("action").asString("failed"), json.path("bounce")));
        }
        for (JsonNode node : json.path("deliveryDelay").path("delayedRecipients")) {
            found.add(evidence(node, "delayed", json.path("deliveryDelay")));
        }
        for (JsonNode node : json.path("complaint").path("complainedRecipients")) {
            found.add(evidence(node, "delivered", json.path("complaint")));
        }
        for (JsonNode node : json.path("delivery").path("recipients")) {
            found.add(new Evidence(
                    node.asString(""),
                    Optional.empty(),
                    Optional.of(DeliveryAction.DELIVERED),
                    Optional.empty(),
                    json.path("delivery").path("smtpResponse").asString(""),
                    List.of(),
                    ""));
        }
        return found;
    }

    private static Evidence evidence(JsonNode recipient, String action, JsonNode whole) {
        String type = whole.path("bounceType").asString("") + " "
                + whole.path("bounceSubType").asString("");
        return new Evidence(
                AddressText.first(recipient.path("emailAddress").asString("")).orElse(""),
                Optional.empty(),
                DeliveryAction.parse(action),
                Optional.of(recipient.path("status").asString(""))
                        .filter(s -> s.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")),
                recipient.path("diagnosticCode").asString("").replaceFirst("^[\\w-]{1,40}\\s*;\\s*", ""),
                List.of(type),
                "");
    }
}
