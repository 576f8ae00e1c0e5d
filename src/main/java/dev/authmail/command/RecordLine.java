package dev.authmail.command;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** A record as a line of text: plain, or JSON strings that are joined without a separator. RFC 7208 §3.3. */
final class RecordLine {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordLine() {}

    /** The record; empty when the line begins with a quote and is no JSON string. */
    static Optional<String> text(String line) {
        if (!line.startsWith("\"")) {
            return Optional.of(line);
        }
        StringBuilder joined = new StringBuilder();
        try (JsonParser parser = JSON.createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    return Optional.empty();
                }
                joined.append(parser.getString());
            }
            return Optional.of(joined.toString());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
