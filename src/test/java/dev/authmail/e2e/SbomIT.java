package dev.authmail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar says what is in it (CycloneDX), all of it, and under licences that its users can live with. */
class SbomIT {
    /** Permissive ones, and the weak copyleft of parts that are used as they are. A new one is a decision: add it here. */
    private static final Set<String> ACCEPTED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT", "Unicode-3.0");

    private static ZipFile jar;
    private static JsonNode sbom;

    @BeforeAll
    static void read() throws IOException {
        jar = new ZipFile(Jar.FILE.toFile());
        sbom = new JsonMapper()
                .readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))
                        .readAllBytes());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void everyLibraryInTheJarIsListed() {
        Set<String> listed = components()
                .map(c -> c.path("name").asString() + "-" + c.path("version").asString() + ".jar")
                .collect(Collectors.toSet());
        Set<String> shipped = jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("BOOT-INF/lib/".length()))
                // Boot's own tools for the layers, which the plugin adds when it packs the jar.
                .filter(name -> !name.startsWith("spring-boot-jarmode-tools"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shipped).hasSizeGreaterThan(50).isSubsetOf(listed);
    }

    @Test
    void everyLibraryHasALicenceThatIsAccepted() {
        assertThat(components())
                .allSatisfy(c ->
                        assertThat(licences(c)).as(c.path("name").asString()).containsAnyElementsOf(ACCEPTED));
    }

    private static Stream<JsonNode> components() {
        return sbom.path("components").valueStream();
    }

    private static Set<String> licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(l -> l.path("license").path("id").asString(""))
                .collect(Collectors.toSet());
    }
}
