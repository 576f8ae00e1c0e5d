package dev.authmail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a header section in their order, unfolded. RFC 5322 §2.2. */
public final class HeaderFields {
    /** No field at all. */
    public static final HeaderFields NONE = new HeaderFields(List.of());

    /**
     * One field.
     *
     * @param name as it stands there
     * @param value unfolded, without spaces at its ends, encoded words as they stand there
     */
    public record Field(String name, String value) {}

    private final List<Field> fields;

    public HeaderFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Reads lines; one that is no field goes on with the field before it. */
    public static HeaderFields of(List<String> lines) {
        List<Field> fields = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        String name = "";
        for (String line : lines) {
            int colon = colon(line);
            if (colon < 0) {
                value.append(' ').append(line.strip());
                continue;
            }
            if (!name.isEmpty()) {
                fields.add(new Field(name, value.toString().strip()));
            }
            name = line.substring(0, colon).strip();
            value.setLength(0);
            value.append(line.substring(colon + 1).strip());
        }
        if (!name.isEmpty()) {
            fields.add(new Field(name, value.toString().strip()));
        }
        return new HeaderFields(fields);
    }

    /** Whether a line begins a field: printable ASCII, then a colon. */
    public static boolean beginsField(String line) {
        return colon(line) > 0;
    }

    private static int colon(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            // Some write a space before the colon.
            boolean spaceBeforeColon = i > 0 && (c == ' ' || c == '\t') && line.startsWith(":", i + 1);
            if (!spaceBeforeColon && (c <= ' ' || c > '~')) {
                return -1;
            }
        }
        return -1;
    }

    public List<Field> all() {
        return fields;
    }

    /** The values of all fields of a name, in any case. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The value of the first field of a name that has one. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name) && !f.value().isEmpty())
                .map(Field::value)
                .findFirst();
    }

    /** The value of the first field of a name, its encoded words decoded. RFC 2047. */
    public Optional<String> text(String name) {
        return first(name).map(EncodedWordDecoder::decode);
    }

    public boolean has(String name) {
        return fields.stream().anyMatch(f -> f.name().equalsIgnoreCase(name));
    }

    /** The value of the first field of a name in lower case, up to a semicolon or a comment. */
    public Optional<String> word(String name) {
        return first(name).map(v -> v.split("[;(\\s]", 2)[0].toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return fields.size() + " fields";
    }
}
