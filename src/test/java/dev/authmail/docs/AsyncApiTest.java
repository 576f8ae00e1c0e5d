package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.Fault;
import dev.authmail.outcome.ReportHeaders;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/asyncapi.yaml and docs/kafka.md say what the code says. */
class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("docs/asyncapi.yaml");
    /** Stand on retry records alone. */
    private static final Set<String> RETRY_ONLY =
            Set.of(ReportHeaders.HELD, ReportHeaders.NOT_BEFORE, ReportHeaders.PINNED_HOP);

    @Test
    void topicsAreTheDefaultsOfTheSettings() throws IOException {
        Map<String, Object> settings = map(map(load("src/main/resources/application.yaml"), "authmail"), "topics");
        Map<String, Object> channels = map(load(DOCUMENT.toString()), "channels");

        assertThat(address(channels, "registrations")).isEqualTo(settings.get("registrations"));
        assertThat(address(channels, "outcomes")).isEqualTo(settings.get("outcomes"));
        assertThat(address(channels, "deadLetter")).isEqualTo(settings.get("dead-letter"));
        assertThat(address(channels, "ledger")).isEqualTo(settings.get("ledger"));
        assertThat(address(channels, "state")).isEqualTo(settings.get("state"));
        assertThat(address(channels, "retry")).isEqualTo(settings.get("retry") + ".{tier}");
    }

    @Test
    void headersOfADeadLetterAreThoseOfTheCode() throws Exception {
        Map<String, Object> message = map(map(map(load(DOCUMENT.toString()), "components"), "messages"), "deadLetter");
        Map<String, Object> headers = map(map(message, "headers"), "properties");

        Set<String> code = headerNames();
        code.removeAll(RETRY_ONLY);
        assertThat(headers.keySet()).isEqualTo(code);
        assertThat((List<?>) map(headers, "authmail-fault").get("enum"))
                .map(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Fault.values()).map(Fault::code).toList());
    }

    @Test
    void theGuideNamesEveryHeader() throws Exception {
        assertThat(Files.readString(Path.of("docs/kafka.md"))).contains(headerNames());
    }

    @Test
    void everySchemaIsReferredTo() throws IOException {
        List<String> referred = Pattern.compile("\\$ref: schemas/(\\S+)")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(m -> m.group(1))
                .toList();
        try (Stream<Path> published = Files.list(Path.of("docs/schemas"))) {
            assertThat(published.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Set.copyOf(referred));
        }
    }

    private static Set<String> headerNames() throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        for (Field field : ReportHeaders.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                names.add(String.valueOf(field.get(null)));
            }
        }
        return names.stream()
                .filter(n -> !n.equals(ReportHeaders.PREFIX))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Object address(Map<String, Object> channels, String name) {
        return map(channels, name).get("address");
    }

    private static Map<String, Object> load(String file) throws IOException {
        return new Yaml().load(Files.readString(Path.of(file)));
    }

    @SuppressWarnings("unchecked") // YAML mappings of ours have string keys
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.get(key);
    }
}
