package dev.authmail.authurl;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors of one-time codes, for every language. */
final class CodeVectors {
    private static final JsonNode FILE =
            new JsonMapper().readTree(CodeVectors.class.getResourceAsStream("/authurl/codes.json"));

    private CodeVectors() {}

    static Stream<JsonNode> all() {
        return FILE.get("vectors").valueStream();
    }

    static long lifetime() {
        return FILE.get("lifetime").asLong();
    }

    /** The oldest first. */
    static List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        FILE.get("keys")
                .forEachEntry((kid, text) -> keys.add(Base64.getUrlDecoder().decode(text.asString())));
        return keys;
    }
}
