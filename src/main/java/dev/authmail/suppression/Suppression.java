package dev.authmail.suppression;

import dev.authmail.delivery.UserState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One address that gets no more mail; the value of a record of the suppressions topic, as JSON. The key is the keyed hash
 * of the address.
 *
 * @param reason why
 * @param userState what the application can show its user, as when it began
 * @param since when it began
 * @param until when it ends by itself; null for never
 */
public record Suppression(
        SuppressionReason reason,
        UserState userState,
        Instant since,
        @Nullable Instant until) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Whether it is in force. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }

    /**
     * Whether it outlives the user's word that the address is right. A complaint does: who called our mail spam gets none
     * because somebody types the address again.
     */
    public boolean outlivesConfirmation() {
        return reason == SuppressionReason.COMPLAINED;
    }

    /** The record's value. */
    public byte[] toJson() {
        ObjectNode node = JSON.createObjectNode()
                .put("reason", reason.code())
                .put("userState", userState.code())
                .put("since", since.toString());
        if (until != null) {
            node.put("until", until.toString());
        }
        return JSON.writeValueAsBytes(node);
    }

    /** Reads a record's value; empty when it is none of ours. */
    public static Optional<Suppression> fromJson(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            Optional<SuppressionReason> reason = SuppressionReason.fromCode(text(node, "reason"));
            Optional<UserState> state = UserState.fromCode(text(node, "userState"));
            if (reason.isEmpty() || state.isEmpty()) {
                return Optional.empty();
            }
            String until = text(node, "until");
            return Optional.of(new Suppression(
                    reason.get(),
                    state.get(),
                    Instant.parse(text(node, "since")),
                    until.isEmpty() ? null : Instant.parse(until)));
        } catch (JacksonException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
