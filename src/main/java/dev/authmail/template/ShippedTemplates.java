package dev.authmail.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The templates in the jar. They are named here: a jar inside a jar cannot be listed. */
final class ShippedTemplates {
    private static final List<String> NAMES = List.of(
            "layout.ftlh",
            "verify-email/subject_en.ftl",
            "verify-email/text_en.ftl",
            "verify-email/html_en.ftlh",
            "verify-email/subject_ja.ftl",
            "verify-email/text_ja.ftl",
            "verify-email/html_ja.ftlh");

    private ShippedTemplates() {}

    /** Text by path. */
    static Map<String, String> read() {
        Map<String, String> texts = new HashMap<>();
        NAMES.forEach(name -> texts.put(name, read(name)));
        return Map.copyOf(texts);
    }

    private static String read(String name) {
        try (InputStream in = ShippedTemplates.class.getResourceAsStream("/templates/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks its own template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
