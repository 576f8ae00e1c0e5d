package dev.authmail.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A message as lines, to be held against another. RFC 5322 §2.1.
 *
 * @param fields its header fields from the top
 * @param body its lines, without blanks at their ends and without empty ones at its end (RFC 6376 §3.4.4)
 */
record MessageText(List<Field> fields, List<String> body) {
    /**
     * A header field.
     *
     * @param name as it stands there
     * @param value unfolded, runs of blanks as one (RFC 6376 §3.4.2)
     */
    record Field(String name, String value) {
        String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    static MessageText of(byte[] octets) {
        String text = new String(octets, ISO_8859_1).replace("\r\n", "\n");
        int end = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
        String header = end < 0 ? text : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(Math.min(text.length(), header.isEmpty() ? 1 : end + 2));
        List<String> lines = new ArrayList<>();
        body.lines().forEach(line -> lines.add(line.replaceAll("[ \\t]+", " ").stripTrailing()));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return new MessageText(fields(header), List.copyOf(lines));
    }

    private static List<Field> fields(String header) {
        List<Field> fields = new ArrayList<>();
        for (String line : header.replaceAll("\n(?=[ \\t])", "").split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1).replaceAll("[ \\t]+", " ");
                fields.add(new Field(line.substring(0, colon).strip(), value.strip()));
            }
        }
        return List.copyOf(fields);
    }

    /** The values of all fields of a name, from the top. */
    List<String> values(String key) {
        return fields.stream()
                .filter(f -> f.key().equals(key))
                .map(Field::value)
                .toList();
    }
}
