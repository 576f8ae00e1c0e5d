package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON from a stranger: limited in size and depth, true UTF-8, no key twice, nothing after it. RFC 8259. */
public final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 1024;
    private static final int MAX_NUMBER_CHARS = 100;

    private final int maxOctets;
    private final JsonMapper mapper;

    /** @param maxOctets how many octets a value may have; a longer one is refused before it is looked at */
    public StrictJson(int maxOctets) {
        this.maxOctets = maxOctets;
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .maxStringLength(maxOctets)
                .build();
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    sealed interface Parsed {
        record Json(ObjectNode object) implements Parsed {}

        /**
         * Refused.
         *
         * @param rule what is wrong, without a word of the content
         */
        record Faulty(String rule) implements Parsed {}
    }

    /** JSON of any kind, or why it is none. */
    public sealed interface Any {
        /** It is JSON. */
        record Node(JsonNode json) implements Any {}

        /**
         * Refused.
         *
         * @param rule what is wrong, without a word of the content
         */
        record Faulty(String rule) implements Any {}
    }

    Parsed parse(byte[] octets) {
        return switch (any(octets)) {
            case Any.Node(ObjectNode object) -> new Parsed.Json(object);
            case Any.Node(var other) -> new Parsed.Faulty("is JSON but no object: the event must stand in { }");
            case Any.Faulty(var rule) -> new Parsed.Faulty(rule);
        };
    }

    /** Reads a value, whatever kind of JSON it is. */
    public Any any(byte[] octets) {
        if (octets.length > maxOctets) {
            return new Any.Faulty("has " + octets.length + " octets, more than the " + maxOctets + " allowed");
        }
        if (octets.length == 0) {
            return new Any.Faulty("is empty");
        }
        if (octets[0] == 0) {
            return new Any.Faulty("begins with a zero octet, as schema-registry serializers write: plain JSON is read");
        }
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            return new Any.Faulty("is not UTF-8");
        }
    }

    private Any parse(String text) {
        try {
            // RFC 8259 §8.1: a reader may ignore a byte order mark.
            var node = mapper.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return new Any.Node(node);
        } catch (StreamConstraintsException e) {
            return new Any.Faulty("is JSON nested more than " + MAX_DEPTH
                    + " levels, or with a field name or number of absurd length");
        } catch (JacksonException e) {
            // Jackson's own message quotes the content.
            var at = e.getLocation();
            var place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return new Any.Faulty(
                    "is not one valid JSON object: look for a syntax error, a field given twice, or text after it"
                            + place);
        }
    }
}
