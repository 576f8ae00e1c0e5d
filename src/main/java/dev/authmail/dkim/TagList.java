package dev.authmail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code tag=value;} list of a signature or a key record. RFC 6376 §3.2. Names and values are case-sensitive; white
 * space around a value is not part of it.
 *
 * @param tags in the order written
 */
record TagList(Map<String, String> tags) {
    static final TagList NONE = new TagList(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** Reads a list; deviates from RFC 6376 §3.2 in letting empty elements pass ({@code ;;}). */
    static Parsed<TagList> parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String element : text.split(";", -1)) {
            if (element.isBlank()) {
                continue;
            }
            int equals = element.indexOf('=');
            String name = equals < 0 ? "" : element.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()) {
                return new Parsed.Bad<>("not a list of tag=value");
            }
            if (tags.put(name, element.substring(equals + 1).strip()) != null) {
                return new Parsed.Bad<>("tag " + name + "= occurs twice"); // RFC 6376 §3.2: the whole list is invalid
            }
        }
        return new Parsed.Good<>(new TagList(tags));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    boolean has(String name) {
        return tags.containsKey(name);
    }

    String get(String name, String otherwise) {
        return tags.getOrDefault(name, otherwise);
    }

    /** The elements of a colon-separated value. */
    List<String> list(String name, String otherwise) {
        return Stream.of(get(name, otherwise).split(":", -1)).map(String::strip).toList();
    }

    /** Octets as text. UTF-8, for RFC 8616 lets i= hold more than ASCII; no malformed octet survives as a tag. */
    static String text(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.UTF_8);
    }

    static String withoutSpace(String value) {
        return value.replaceAll("[ \\t\\r\\n]", "");
    }
}
