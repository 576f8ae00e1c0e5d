package dev.authmail.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one event stands. The value of a ledger record, as JSON; the key is the event id.
 *
 * @param state where it stands
 * @param attempt how many attempts were made
 * @param at when this was written
 * @param subject hash of user and purpose, for superseding; null when the event could not be read
 * @param eventTime the event time; null when the event could not be read
 * @param userId whom it concerns, for a bounce that comes later; null when the event could not be read
 * @param key the Kafka key of the event, Base64; null when it has none
 * @param replay which replay this attempt belongs to, if any
 * @param address keyed hash of the recipient's address, as the suppressions topic has it; null where no address is suppressed
 * @param returned what came back since: {@code bounced} or {@code complained}; null when nothing did
 */
public record LedgerEntry(
        State state,
        int attempt,
        Instant at,
        @Nullable String subject,
        @Nullable Instant eventTime,
        @Nullable String userId,
        @Nullable String key,
        @Nullable String replay,
        @Nullable String address,
        @Nullable String returned) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Where an event can stand. */
    public enum State {
        /** Another attempt will be made. */
        WAITING("waiting"),
        /** A server took the mail, or the event asked for none. */
        ACCEPTED("accepted"),
        /** No mail will come. */
        DEAD("dead");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /** The word in the record. */
        public String code() {
            return code;
        }

        static Optional<State> fromCode(String code) {
            return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
        }
    }

    /** As it stands once its mail has come back: no further attempt is made. */
    public LedgerEntry returned(String how, Instant now) {
        return new LedgerEntry(State.DEAD, attempt, now, subject, eventTime, userId, key, replay, address, how);
    }

    /** The record's value. */
    public byte[] toJson() {
        ObjectNode node = JSON.createObjectNode()
                .put("state", state.code())
                .put("attempt", attempt)
                .put("at", at.toString());
        put(node, "subject", subject);
        put(node, "eventTime", eventTime);
        put(node, "userId", userId);
        put(node, "key", key);
        put(node, "replay", replay);
        put(node, "address", address);
        put(node, "returned", returned);
        return JSON.writeValueAsBytes(node);
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    /** Reads a record's value; empty when it is none of ours. */
    public static Optional<LedgerEntry> fromJson(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            Instant at = Instant.parse(node.path("at").asString(""));
            String eventTime = text(node, "eventTime");
            return State.fromCode(node.path("state").asString(""))
                    .map(state -> new LedgerEntry(
                            state,
                            node.path("attempt").asInt(0),
                            at,
                            text(node, "subject"),
                            eventTime == null ? null : Instant.parse(eventTime),
                            text(node, "userId"),
                            text(node, "key"),
                            text(node, "replay"),
                            text(node, "address"),
                            text(node, "returned")));
        } catch (JacksonException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        String value = node.path(name).asString("");
        return value.isEmpty() ? null : value;
    }
}
