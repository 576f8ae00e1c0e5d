package dev.authmail.hold;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * That something is or was held. The value of a record of the state topic, as JSON
 * ({@code schemas/hold.schema.json}); the key is {@link #key}.
 *
 * @param scope what
 * @param since from when
 * @param until to when; null while it is in force
 * @param why in the operator's words, if given
 */
public record Hold(
        HoldScope scope,
        Instant since,
        @Nullable Instant until,
        @Nullable String why) {
    /** What the keys of holds begin with; the state topic has others. */
    public static final String KEY_PREFIX = "hold/";

    /** How long an ended hold is known: no event waits longer for its mail. */
    public static final Duration KNOWN_AFTER_END = Duration.ofDays(14);

    private static final int MAX_OCTETS = 4096;
    private static final int MAX_WHY = 200;
    private static final JsonMapper JSON = new JsonMapper();

    /** Control characters become spaces: the words are printed in logs and lists. */
    public Hold {
        if (why != null) {
            String plain = why.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ").strip();
            why = plain.isEmpty() ? null : plain.substring(0, Math.min(plain.length(), MAX_WHY));
        }
    }

    /** Whether it holds now. */
    public boolean inForce() {
        return until == null;
    }

    /** Whether it ended so long ago that no mail waits that it held. */
    public boolean isForgotten(Instant now) {
        return until != null && until.plus(KNOWN_AFTER_END).isBefore(now);
    }

    /** This hold, ended. */
    public Hold endedAt(Instant end) {
        return new Hold(scope, since, end, why);
    }

    /** The record's key: a scope can be held again while an earlier hold of it is still known. */
    public String key() {
        String name = scope.name().isEmpty() ? "" : "/" + scope.name();
        return KEY_PREFIX + scope.kind().code() + name + "/" + since;
    }

    /** The record's value. */
    public byte[] toJson() {
        ObjectNode node = JSON.createObjectNode().put("scope", scope.kind().code());
        if (!scope.name().isEmpty()) {
            node.put("name", scope.name());
        }
        node.put("since", since.toString());
        if (until != null) {
            node.put("until", until.toString());
        }
        if (why != null) {
            node.put("why", why);
        }
        return JSON.writeValueAsBytes(node);
    }

    /** Reads a record's value; empty when it is none of ours. */
    public static Optional<Hold> fromJson(byte[] value) {
        if (value.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(value);
            String until = node.path("until").asString("");
            return HoldScope.Kind.fromCode(node.path("scope").asString(""))
                    .map(kind -> new Hold(
                            new HoldScope(kind, node.path("name").asString("")),
                            Instant.parse(node.path("since").asString("")),
                            until.isEmpty() ? null : Instant.parse(until),
                            node.path("why").asString("")));
        } catch (JacksonException | DateTimeException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
