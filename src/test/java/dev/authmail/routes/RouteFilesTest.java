package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Every file in routes/ is canonical Camel YAML, names and explains itself, and agrees with the others. */
class RouteFilesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z0-9]+)+|conclude");
    private static final List<String> STEPS =
            List.of("process", "to", "choice", "filter", "split", "when", "otherwise");
    private static Schema canonical;

    @BeforeAll
    static void readSchema() {
        canonical = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl-canonical.json"));
    }

    static Stream<Path> routeFiles() {
        return Stream.concat(shippedFiles(), recipes().flatMap(recipe -> list(recipe).stream()));
    }

    private static Stream<Path> shippedFiles() {
        return Stream.of("routes", "routes/optional")
                .flatMap(folder -> list(Path.of(folder)).stream())
                .filter(p -> p.toString().endsWith(".camel.yaml"))
                .sorted();
    }

    static Stream<Path> recipes() {
        return list(Path.of("routes/recipes")).stream().sorted();
    }

    /** The shipped files, and the same with each recipe put over them. */
    static Stream<Named<List<Path>>> sets() {
        List<Path> shipped = shippedFiles().toList();
        return Stream.concat(
                Stream.of(Named.of("shipped", shipped)),
                recipes()
                        .map(recipe -> Named.of(
                                recipe.toString(),
                                shipped.stream().map(file -> over(recipe, file)).toList())));
    }

    private static Path over(Path recipe, Path shipped) {
        Path own = recipe.resolve(shipped.getFileName());
        return Files.exists(own) ? own : shipped;
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aFileIsCanonicalCamelYaml(Path file) throws IOException {
        assertThat(canonical.validate(Files.readString(file), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aFileOpensWithItsPictureAndWhatGoesInAndOut(Path file) throws IOException {
        List<String> head =
                Files.readString(file).lines().takeWhile(l -> l.startsWith("#")).toList();
        String stage = file.getFileName().toString().replace(".camel.yaml", "");
        assertThat(head.getFirst()).startsWithIgnoringCase("# " + stage + ":").endsWith(".");
        assertThat(head).anyMatch(l -> l.startsWith("# In ")).anyMatch(l -> l.startsWith("# Edit "));
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void theReadsLineNamesThePlaceholders(Path file) throws IOException {
        String text = Files.readString(file);
        Set<String> said = text.lines()
                .filter(l -> l.startsWith("# Reads "))
                .flatMap(l -> Pattern.compile("authmail\\.[a-z.-]+").matcher(l).results())
                .map(m -> m.group())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(said).isEqualTo(new TreeSet<>(placeholders(text)));
    }

    @Test
    void everyPlaceholderIsASettingWithADefault() throws IOException {
        Set<String> settings = new HashSet<>();
        flatten("", new Yaml().load(Files.readString(Path.of("src/main/resources/application.yaml"))), settings);
        Set<String> used = new TreeSet<>();
        routeFiles().forEach(file -> used.addAll(placeholders(read(file))));
        assertThat(settings).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyRouteAndStepIsNamedOnceAndEveryRouteDescribed(List<Path> files) throws IOException {
        List<String> ids = new ArrayList<>();
        eachRoute(files, (file, route) -> {
            assertThat(route.get("description"))
                    .as("%s %s", file, route.get("id"))
                    .isNotNull();
            assertThat(route.get("routeConfigurationId"))
                    .as("%s %s", file, route.get("id"))
                    .isNotNull();
            ids.add(String.valueOf(route.get("id")));
            collectStepIds(route.get("from"), ids);
        });
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> KEBAB.matcher(id).matches());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aDirectRouteIsReadUnderItsOwnName(List<Path> files) throws IOException {
        eachRoute(files, (file, route) -> {
            Map<?, ?> from = (Map<?, ?>) route.get("from");
            if ("direct".equals(from.get("uri")) || "seda".equals(from.get("uri"))) {
                assertThat(((Map<?, ?>) from.get("parameters")).get("name")).isEqualTo(route.get("id"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void noFileHoldsAScriptAClassNameOrASecret(Path file) throws IOException {
        String yaml =
                Files.readString(file).lines().filter(l -> !l.startsWith("#")).collect(Collectors.joining("\n"));
        assertThat(yaml)
                .doesNotContain("groovy", "java.lang", "dev.authmail", "#class:", "#type:", "password")
                .doesNotContainPattern("(?m)^[\\s-]*(script|bean|beans):")
                .doesNotContainPattern("\\{\\{[^}]*:[^}]*}}");
    }

    /** A shipped route that is mended is mended in the recipes too. */
    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipeIsTheShippedFileWithStepsMore(Path recipe) {
        for (Path file : list(recipe)) {
            Map<String, Map<?, ?>> shipped = routes(Path.of("routes").resolve(file.getFileName()));
            Map<String, Map<?, ?>> edited = routes(file);
            List<String> changed = shipped.keySet().stream()
                    .filter(id -> !shipped.get(id).equals(edited.get(id)))
                    .toList();
            assertThat(changed).hasSize(1);
            List<String> before = new ArrayList<>();
            List<String> after = new ArrayList<>();
            collectStepIds(shipped.get(changed.getFirst()), before);
            collectStepIds(edited.get(changed.getFirst()), after);
            assertThat(after).containsSubsequence(before).hasSizeGreaterThan(before.size());
        }
    }

    @Test
    void theGuideNamesEveryRecipe() throws IOException {
        String guide = Files.readString(Path.of("routes/README.md"));
        assertThat(recipes().map(recipe -> "recipes/" + recipe.getFileName() + "/"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(guide).contains(link));
    }

    private static void collectStepIds(Object node, List<String> ids) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collectStepIds(item, ids));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (STEPS.contains(String.valueOf(key)) && value instanceof Map<?, ?> step) {
                    assertThat(step.get("id")).as("%s %s", key, step).isNotNull();
                    ids.add(String.valueOf(step.get("id")));
                }
                if ("when".equals(key) && value instanceof List<?> whens) {
                    whens.forEach(when -> ids.add(String.valueOf(((Map<?, ?>) when).get("id"))));
                }
                collectStepIds(value, ids);
            });
        }
    }

    private static void eachRoute(List<Path> files, BiConsumer<Path, Map<?, ?>> check) {
        for (Path file : files) {
            routes(file).values().forEach(route -> check.accept(file, route));
        }
    }

    /** The routes of a file by their ids, in order. */
    private static Map<String, Map<?, ?>> routes(Path file) {
        List<Map<String, Object>> items = new Yaml().load(read(file));
        Map<String, Map<?, ?>> routes = new LinkedHashMap<>();
        items.stream()
                .map(item -> item.get("route"))
                .filter(Map.class::isInstance)
                .map(route -> (Map<?, ?>) route)
                .forEach(route -> routes.put(String.valueOf(route.get("id")), route));
        return routes;
    }

    private static List<Path> list(Path folder) {
        return Stream.of(Objects.requireNonNull(folder.toFile().listFiles()))
                .map(File::toPath)
                .toList();
    }

    private static Set<String> placeholders(String text) {
        Matcher found = PLACEHOLDER.matcher(text);
        return found.results().map(m -> m.group(1)).collect(Collectors.toSet());
    }

    private static void flatten(String prefix, Object node, Set<String> names) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, value, names));
        } else {
            names.add(prefix);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
