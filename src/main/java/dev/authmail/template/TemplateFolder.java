package dev.authmail.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The user's template files: a folder with one folder for each purpose. */
final class TemplateFolder {
    private static final int MAX_DEPTH = 2;
    private static final int MAX_FILES = 1000;
    private static final long MAX_FILE_SIZE = 256 * 1024L;

    private final Path root;

    TemplateFolder(Path root) {
        this.root = root;
    }

    /** What tells one version of a file from the next, without reading it. */
    record Stamp(long size, FileTime modified) {}

    /** Every file below the folder by its path with {@code /}; what is hidden (a mount's {@code ..data}) is left out. */
    Map<String, Stamp> list() throws IOException {
        try (Stream<Path> paths = Files.find(root, MAX_DEPTH, this::isVisibleFile, FileVisitOption.FOLLOW_LINKS)) {
            Map<String, Stamp> stamps = new TreeMap<>();
            for (Path path : (Iterable<Path>) paths.limit(MAX_FILES)::iterator) {
                stamps.put(name(path), new Stamp(Files.size(path), Files.getLastModifiedTime(path)));
            }
            return stamps;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isVisibleFile(Path path, BasicFileAttributes attributes) {
        Path relative = root.relativize(path);
        for (Path step : relative) {
            if (step.toString().startsWith(".")) {
                return false;
            }
        }
        return attributes.isRegularFile();
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** The text of one listed file. */
    String read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(name))) {
            byte[] octets = in.readNBytes((int) MAX_FILE_SIZE + 1);
            if (octets.length > MAX_FILE_SIZE) {
                throw new IOException(name + " is larger than " + MAX_FILE_SIZE + " octets");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(name + " is not UTF-8", e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
