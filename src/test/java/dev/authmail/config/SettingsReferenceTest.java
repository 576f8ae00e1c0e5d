package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.yaml.snakeyaml.Yaml;

/** application.yaml is the reference of all settings: it names each, explains each, and names no other. */
class SettingsReferenceTest {
    private static final Path REFERENCE = Path.of("src/main/resources/application.yaml");
    /** Maps whose keys are the user's own. */
    private static final Set<String> OPEN =
            Set.of("relays.relay", "link.paths", "kafka.properties", "direct.limits", "http.hooks");
    /** One relay has two ways to name its password; the reference shows the better one. */
    private static final Set<String> NOT_SHOWN = Set.of("relays.relay.password");

    @Test
    void theReferenceNamesEverySettingAndNoOther() throws IOException {
        Map<String, Object> yaml = new Yaml().load(Files.readString(REFERENCE));
        Set<String> shown = new TreeSet<>();
        flatten("", Objects.requireNonNull(yaml.get("authmail")), shown);

        Set<String> known = new TreeSet<>();
        components("", AuthmailSettings.class, known);
        known.remove("relays");
        components("relays.relay.", AuthmailSettings.Relay.class, known);
        known.removeAll(NOT_SHOWN);

        assertThat(shown).isEqualTo(known);
    }

    @Test
    void everySettingIsExplainedOnItsLine() throws IOException {
        List<String> settings = Files.readString(REFERENCE)
                .lines()
                .dropWhile(line -> !line.startsWith("authmail:"))
                .takeWhile(line -> !line.startsWith("# ── The platform"))
                .filter(line -> line.matches("\\s+[a-z-]+:.*"))
                .filter(line -> !line.matches("\\s+[a-z-]+:\\s*"))
                .toList();
        assertThat(settings)
                .filteredOn(line -> !line.contains("#"))
                .as("entries of maps that the line above explains")
                .allMatch(line -> line.matches("\\s+(verify-email|supabase|kratos|zitadel|postmark):.*"));
    }

    /** A user's relay has a name of its own, so its defaults stand in the code a second time. */
    @Test
    void theDefaultsOfAnyRelayAreThoseOfTheShownOne() throws IOException {
        Set<String> shown = new TreeSet<>();
        Map<?, ?> yaml = new Yaml().load(Files.readString(REFERENCE));
        group(group(group(yaml, "authmail"), "relays"), "relay")
                .forEach((name, value) -> shown.add(name + " " + value));

        assertThat(AuthmailSettings.Relay.class.getDeclaredConstructors()[0].getParameters())
                .filteredOn(parameter -> parameter.isAnnotationPresent(DefaultValue.class))
                .hasSizeGreaterThan(2)
                .extracting(parameter -> kebab(parameter.getName()) + " "
                        + parameter.getAnnotation(DefaultValue.class).value()[0].toLowerCase(Locale.ROOT))
                .isSubsetOf(shown);
    }

    private static Map<?, ?> group(Map<?, ?> node, String name) {
        return (Map<?, ?>) Objects.requireNonNull(node.get(name));
    }

    private static void components(String prefix, Class<?> type, Set<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + kebab(component.getName());
            if (component.getType().isRecord()) {
                components(name + ".", component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static void flatten(String prefix, Object node, Set<String> names) {
        if (node instanceof Map<?, ?> map && !map.isEmpty() && !isOpenLeaf(prefix)) {
            map.forEach((key, value) -> flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, value, names));
        } else {
            names.add(prefix);
        }
    }

    private static boolean isOpenLeaf(String prefix) {
        return OPEN.contains(prefix) && !prefix.equals("relays.relay");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
