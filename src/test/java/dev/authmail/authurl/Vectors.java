package dev.authmail.authurl;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test vectors that implementations in every language must meet. */
final class Vectors {
    static final JsonNode FILE = new JsonMapper().readTree(Vectors.class.getResourceAsStream("/authurl/vectors.json"));
    static final URI ORIGIN = URI.create(FILE.get("origin").asString());
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(FILE.get("now").asLong()), ZoneOffset.UTC);

    private Vectors() {}

    static Stream<JsonNode> all() {
        return FILE.get("vectors").valueStream();
    }

    static UrlKeys keys() {
        return new UrlKeys(secrets().entrySet().stream()
                .map(e -> new UrlKey(e.getKey(), e.getValue()))
                .toList());
    }

    static Map<String, byte[]> secrets() {
        var secrets = new TreeMap<String, byte[]>();
        FILE.get("keys")
                .forEachEntry(
                        (kid, text) -> secrets.put(kid, Base64.getUrlDecoder().decode(text.asString())));
        return secrets;
    }

    static Map<String, String> landingPaths() {
        var paths = new TreeMap<String, String>();
        FILE.get("landingPaths").forEachEntry((purpose, path) -> paths.put(purpose, path.asString()));
        return paths;
    }
}
