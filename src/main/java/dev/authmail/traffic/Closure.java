package dev.authmail.traffic;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a provider refused us on the direct route. The value of a record of the state topic, as JSON ({@code
 * schemas/closure.schema.json}); the key is {@link #key()}.
 *
 * @param provider the domain under which its MX hosts are
 * @param state what may be sent there
 * @param cause the id of the rule that said so
 * @param reply what the provider said; redacted
 * @param since when it first refused
 * @param until when one mail may try again; while one does, until when it has the turn
 * @param times how often in a row it refused for good
 * @param by the replica that wrote it
 */
public record Closure(
        String provider, State state, String cause, String reply, Instant since, Instant until, int times, String by) {
    /** What the keys of closures begin with; the state topic has others. */
    public static final String KEY_PREFIX = "closure/direct/";

    /** How long one probe has the turn, should its replica not tell what came of it. */
    static final Duration PROBE = Duration.ofMinutes(2);

    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9._-]{1,253}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");
    private static final int MAX_OCTETS = 4096;
    private static final int MAX_REPLY = 300;
    private static final JsonMapper JSON = new JsonMapper();

    /** What may be sent to the provider. */
    public enum State {
        /** Nothing until {@code until}; then one mail. */
        CLOSED,
        /** Nothing: one mail is on its way. */
        PROBING,
        /** Everything again. */
        OPEN
    }

    /** @throws IllegalArgumentException when there is no such provider */
    public Closure {
        if (!PROVIDER.matcher(provider).matches()) {
            throw new IllegalArgumentException("\"" + provider + "\" is not the domain of a provider");
        }
        String plain = UNPRINTABLE.matcher(reply).replaceAll(" ").strip();
        reply = plain.substring(0, Math.min(plain.length(), MAX_REPLY));
    }

    /** The record's key. */
    public String key() {
        return key(provider);
    }

    /** The key of a provider's record. */
    public static String key(String provider) {
        return KEY_PREFIX + provider;
    }

    Closure with(State other, Instant end, String replica) {
        return new Closure(provider, other, cause, reply, since, end, times, replica);
    }

    /** The record's value. */
    public byte[] toJson() {
        return JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("provider", provider)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("cause", cause)
                .put("reply", reply)
                .put("since", since.toString())
                .put("until", until.toString())
                .put("times", times)
                .put("by", by));
    }

    /** Reads a record's value; empty when it is none of ours. */
    public static Optional<Closure> fromJson(byte[] value) {
        if (value.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(value);
            return Optional.of(new Closure(
                    node.path("provider").asString(""),
                    State.valueOf(node.path("state").asString("").toUpperCase(Locale.ROOT)),
                    node.path("cause").asString(""),
                    node.path("reply").asString(""),
                    Instant.parse(node.path("since").asString("")),
                    Instant.parse(node.path("until").asString("")),
                    Math.clamp(node.path("times").asInt(0), 0, 1000),
                    node.path("by").asString("")));
        } catch (JacksonException | DateTimeException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
