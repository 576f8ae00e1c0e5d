package dev.authmail.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Writes secrets: readable by their owner alone from the first moment, and never over an older one. */
final class KeyFolder {
    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Refuses all before the first is written, so that a pair of keys is never half new. */
    void requireFree(List<String> names) throws IOException {
        for (String name : names) {
            if (Files.exists(folder.resolve(name))) {
                throw new IOException(
                        folder.resolve(name) + " exists and is not overwritten: choose another name or move it away");
            }
        }
    }

    Path write(String name, String content) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] attributes = posix ? OWNER_ONLY : new FileAttribute<?>[0];
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, fresh, attributes))) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }
}
