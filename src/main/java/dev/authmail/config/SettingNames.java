package dev.authmail.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all settings, as {@link AuthmailSettings} has them. Spring Boot reads {@code max-in-flight}, {@code
 * maxInFlight} and {@code MAXINFLIGHT} as one, so names are compared by their letters and digits alone.
 */
final class SettingNames {
    private static final String ANY_NAME = "[^.]+";

    private final List<String> shown = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();

    SettingNames() {
        addComponents("authmail", "authmail", AuthmailSettings.class);
    }

    private void addComponents(String name, String pattern, Class<?> type) {
        patterns.add(pattern); // a part of a file that names nothing
        for (RecordComponent component : type.getRecordComponents()) {
            String dashed = DataObjectPropertyName.toDashedForm(component.getName());
            add(name + "." + dashed, pattern + "\\." + letters(dashed), component.getGenericType());
        }
    }

    private void add(String name, String pattern, Type type) {
        if (type instanceof Class<?> simple && simple.isRecord()) {
            addComponents(name, pattern, simple);
        } else if (type instanceof ParameterizedType of && of.getRawType() == Map.class) {
            addEntries(name, pattern, of.getActualTypeArguments()[1]);
        } else if (type instanceof ParameterizedType of && of.getRawType() == List.class) {
            addItems(name, pattern, of.getActualTypeArguments()[0]);
        } else {
            addLeaf(name, pattern);
        }
    }

    /** Keys of a map are the user's own. */
    private void addEntries(String name, String pattern, Type value) {
        if (value instanceof Class<?> entry && entry.isRecord()) {
            patterns.add(pattern);
            addComponents(name + ".<name>", pattern + "\\." + ANY_NAME, entry);
        } else {
            addLeaf(name, pattern + "(\\..+)?");
        }
    }

    private void addItems(String name, String pattern, Type item) {
        addLeaf(name, pattern + "(\\.\\d+)?");
        if (item instanceof Class<?> entry && entry.isRecord()) {
            addComponents(name + "[0]", pattern + "\\.\\d+", entry);
        }
    }

    private void addLeaf(String name, String pattern) {
        shown.add(name);
        patterns.add(pattern);
    }

    /** Whether a property's name, its parts with dots between, is one of a setting. */
    boolean holdsProperty(List<String> parts) {
        String name = String.join(".", parts.stream().map(SettingNames::letters).toList());
        return patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, name));
    }

    /** Whether an environment variable is one of a setting; its underscores can stand for dots or dashes. */
    boolean holdsVariable(String variable) {
        String name = letters(variable);
        return patterns.stream()
                .map(pattern -> pattern.replace("\\.", "").replace(ANY_NAME, ".+"))
                .anyMatch(pattern -> Pattern.matches(pattern, name));
    }

    /** The name that is most like this one. */
    String nearest(String name) {
        String letters = letters(name);
        return shown.stream()
                .min((a, b) -> Integer.compare(distance(letters, letters(a)), distance(letters, letters(b))))
                .orElseThrow();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How many letters must be added, taken away or exchanged to make one word of the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
