package dev.authmail.lint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail as octets, each as one character, so that nothing is lost.
 *
 * @param fields in their order
 * @param headerOctets octets of the header section
 * @param text all of it
 */
record RawMail(List<Field> fields, int headerOctets, String text) {
    /**
     * One field.
     *
     * @param name in lower case
     * @param value unfolded, without spaces at its ends
     * @param octets octets of the field with its line ends
     */
    record Field(String name, String value, int octets) {}

    static RawMail of(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        String header = end < 0 ? text : text.substring(0, end);
        List<Field> fields = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : header.split("\r\n", -1)) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (!folded && !current.isEmpty()) {
                fields.add(field(current.toString()));
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : "\r\n").append(line);
        }
        if (!current.isEmpty()) {
            fields.add(field(current.toString()));
        }
        return new RawMail(List.copyOf(fields), header.length(), text);
    }

    private static Field field(String raw) {
        int colon = raw.indexOf(':');
        String name = colon < 0 ? "" : raw.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return new Field(name, raw.substring(colon + 1).replace("\r\n", "").strip(), raw.length() + 2);
    }

    List<Field> all(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).toList();
    }

    Optional<String> first(String name) {
        return all(name).stream().map(Field::value).findFirst();
    }

    boolean has(String name) {
        return !all(name).isEmpty();
    }

    String body() {
        return text.length() <= headerOctets + 4 ? "" : text.substring(headerOctets + 4);
    }
}
