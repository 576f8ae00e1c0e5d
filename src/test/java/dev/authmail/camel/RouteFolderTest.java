package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {
    private static final RouteFile SHIPPED = new RouteFile("deliver.camel.yaml", "shipped", "the jar's");

    @TempDir
    private Path folder;

    @Test
    void withoutAFolderTheShippedFilesAreInForce() {
        assertThat(read(null)).containsExactly(Map.entry("deliver.camel.yaml", "shipped"));
        assertThat(read(folder.resolve("comes-later"))).containsOnlyKeys("deliver.camel.yaml");
    }

    @Test
    void aFileTakesThePlaceOfTheShippedOneOfItsName() throws IOException {
        write("deliver.camel.yaml", "mine");

        assertThat(read(folder)).containsExactly(Map.entry("deliver.camel.yaml", "mine"));
        assertThat(new RouteFolder(List.of(SHIPPED), folder).read().get("deliver.camel.yaml"))
                .extracting(RouteFile::place)
                .isEqualTo(folder.resolve("deliver.camel.yaml").toString());
    }

    @Test
    void aFileOfAnotherNameStandsBesideThem() throws IOException {
        write("audit.camel.yaml", "mine");

        assertThat(read(folder)).containsOnlyKeys("audit.camel.yaml", "deliver.camel.yaml");
    }

    @Test
    void whatIsNoRouteFileIsLeftAlone() throws IOException {
        write("notes.md", "x");
        write("deliver.camel.yaml~", "an editor's");
        write(".deliver.camel.yaml.swp", "an editor's");
        write(".hidden.camel.yaml", "an editor's");
        Files.createDirectory(folder.resolve("folder.camel.yaml"));

        assertThat(read(folder)).containsExactly(Map.entry("deliver.camel.yaml", "shipped"));
    }

    /** Kubernetes swaps the link {@code ..data}, so that all files change at once. */
    @Test
    void aMountedConfigMapIsRead() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..2026_11_24"));
        Files.writeString(first.resolve("deliver.camel.yaml"), "first");
        Path second = Files.createDirectory(folder.resolve("..2026_11_25"));
        Files.writeString(second.resolve("deliver.camel.yaml"), "second");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(folder.resolve("deliver.camel.yaml"), Path.of("..data/deliver.camel.yaml"));
        assertThat(read(folder)).containsExactly(Map.entry("deliver.camel.yaml", "first"));

        Files.delete(data);
        Files.createSymbolicLink(data, second.getFileName());

        assertThat(read(folder)).containsExactly(Map.entry("deliver.camel.yaml", "second"));
    }

    @Test
    void aLinkThatLeadsNowhereIsNoFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("deliver.camel.yaml"), Path.of("gone"));

        assertThat(read(folder)).containsExactly(Map.entry("deliver.camel.yaml", "shipped"));
    }

    @Test
    void aFileThatIsTooLargeIsNamed() throws IOException {
        write("big.camel.yaml", "#".repeat(1024 * 1024 + 1));

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("big.camel.yaml")
                .hasMessageContaining("larger than a route file may be");
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Files.write(folder.resolve("latin.camel.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageEndingWith("latin.camel.yaml cannot be read: it is not UTF-8");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> read(@Nullable Path path) {
        Map<String, RouteFile> files = new RouteFolder(List.of(SHIPPED), path).read();
        return files.values().stream().collect(Collectors.toMap(RouteFile::name, RouteFile::text));
    }
}
