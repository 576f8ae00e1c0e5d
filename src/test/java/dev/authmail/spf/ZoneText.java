package dev.authmail.spf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The {@code zonedata} of the RFC 7208 suite as lines of a zone file. */
final class ZoneText {
    private final Map<String, List<String>> records = new LinkedHashMap<>();
    private final Set<String> dead = new HashSet<>();

    Map<String, List<String>> records() {
        return records;
    }

    Set<String> dead() {
        return dead;
    }

    void add(String name, JsonNode entries) {
        // An SPF record is also served as TXT, unless the name has TXT records of its own.
        boolean ownTxt = entries.values().stream().anyMatch(e -> e.isObject() && e.has("TXT"));
        for (JsonNode entry : entries) {
            if (entry.isString() || entry.has("TIMEOUT") || entry.has("SERVFAIL")) {
                dead.add(name);
                continue;
            }
            entry.properties().forEach(record -> add(name, record.getKey(), record.getValue(), ownTxt));
        }
    }

    private void add(String name, String type, JsonNode value, boolean ownTxt) {
        switch (type) {
            case "SPF" -> {
                if (!ownTxt) {
                    line(name, "TXT " + strings(value));
                }
            }
            case "TXT" -> line(name, "TXT " + strings(value));
            case "MX" ->
                line(
                        name,
                        "MX " + value.get(0).asInt() + " " + host(value.get(1).asString()));
            case "PTR", "CNAME" -> line(name, type + " " + host(value.asString()));
            case "A", "AAAA" -> line(name, type + " " + value.asString());
            default -> throw new IllegalArgumentException(type);
        }
    }

    private void line(String name, String text) {
        records.computeIfAbsent(escaped(name) + ".", n -> new ArrayList<>()).add(text);
    }

    private static String strings(JsonNode value) {
        return value.isArray()
                ? value.values().stream()
                        .map(v -> SpfCorpus.quoted(v.asString()))
                        .collect(Collectors.joining(" "))
                : SpfCorpus.quoted(value.asString());
    }

    private static String host(String name) {
        return name.isEmpty() || name.endsWith(".") ? escaped(name.isEmpty() ? "." : name) : escaped(name) + ".";
    }

    private static String escaped(String name) {
        return name.codePoints()
                .mapToObj(c -> c > ' ' && c <= '~' && "\\\"();@$".indexOf(c) < 0
                        ? Character.toString(c)
                        : String.format("\\%03d", c))
                .collect(Collectors.joining());
    }
}
