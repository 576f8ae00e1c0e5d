package dev.authmail.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The route files in force: those in the jar, and those in a folder, which take the place of one with the same name or
 * stand beside them. A mounted ConfigMap is such a folder; its links are followed.
 */
public final class RouteFolder {
    static final String SUFFIX = ".camel.yaml";
    private static final long LARGEST_FILE = 1024 * 1024;

    private final Collection<RouteFile> shipped;
    private final @Nullable Path folder;
    private final Predicate<String> wanted;

    /**
     * @param shipped the files in the jar
     * @param folder the user's, or null; it may not exist yet
     */
    public RouteFolder(Collection<RouteFile> shipped, @Nullable Path folder) {
        this(shipped, folder, name -> true);
    }

    /**
     * @param shipped the files in the jar
     * @param folder the user's, or null; it may not exist yet
     * @param wanted tells by the file name what is switched on; other files are left alone
     */
    public RouteFolder(Collection<RouteFile> shipped, @Nullable Path folder, Predicate<String> wanted) {
        this.shipped = List.copyOf(shipped);
        this.folder = folder;
        this.wanted = wanted;
    }

    /** Reads all files anew, by name. @throws UncheckedIOException when one cannot be read; the message names it */
    public Map<String, RouteFile> read() {
        Map<String, RouteFile> files = new TreeMap<>();
        shipped.forEach(file -> files.put(file.name(), file));
        edited().forEach(file -> files.put(file.name(), file));
        files.keySet().removeIf(wanted.negate());
        return files;
    }

    private List<RouteFile> edited() {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(RouteFolder::isRouteFile)
                    .sorted()
                    .map(RouteFolder::readFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static boolean isRouteFile(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(path);
    }

    private static RouteFile readFile(Path path) {
        try {
            if (Files.size(path) > LARGEST_FILE) {
                throw new IOException("it is larger than a route file may be, " + LARGEST_FILE + " octets");
            }
            return new RouteFile(path.getFileName().toString(), Files.readString(path), path.toString());
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException(path + " cannot be read: it is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
