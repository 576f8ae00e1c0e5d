package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/** The picture in docs/architecture.md shows routes, rooms and topics that there are, and every topic. */
class ArchitecturePictureTest {
    private static final Path PICTURE = Path.of("docs/architecture.svg");
    private static final Pattern ROUTE = Pattern.compile("(?m)^- route:\\n    id: (\\S+)$");
    /** Words below a route that name no room. */
    private static final Set<String> WORDS = Set.of("when it is due", "steps of your own");

    @Test
    void itsTopicsAreThoseOfTheSettings() throws IOException {
        Map<String, Map<String, Map<String, Object>>> yaml =
                new Yaml().load(Files.readString(Path.of("src/main/resources/application.yaml")));
        Map<String, Object> topics = yaml.get("authmail").get("topics");
        Set<String> names = topics.values().stream()
                .filter(String.class::isInstance)
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        names.remove(String.valueOf(topics.get("retry")));
        String tiers = String.valueOf(((Map<?, ?>) yaml.get("authmail").get("retry")).get("tiers"));
        Stream.of(tiers.split(", "))
                .map(tier -> topics.get("retry") + "." + tier)
                .forEach(names::add);

        assertThat(texts("topic")).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void itsRoutesAndRoomsExist() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"));
                Stream<Path> rooms = Files.list(Path.of("src/main/java/dev/authmail"))) {
            Set<String> routes = files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .flatMap(file -> ROUTE.matcher(read(file)).results().map(m -> m.group(1)))
                    .collect(Collectors.toSet());
            assertThat(texts("route"))
                    .hasSizeGreaterThan(15)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(routes);
            assertThat(texts("room").stream()
                            .filter(line -> !WORDS.contains(line))
                            .flatMap(line -> Arrays.stream(line.split(",\\s*"))))
                    .isSubsetOf(rooms.map(room -> room.getFileName().toString()).toList());
        }
    }

    private static List<String> texts(String kind) {
        return Pattern.compile("<text class=\"" + kind + "\"[^>]*>([^<]*)<")
                .matcher(read(PICTURE))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
