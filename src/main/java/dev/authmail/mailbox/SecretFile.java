package dev.authmail.mailbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret, such as Kubernetes mounts. */
final class SecretFile {
    private static final int MOST_OCTETS = 64 * 1024;

    private SecretFile() {}

    static String read(Path file) throws IOException {
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException(file + " is too large for a secret");
        }
        String secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return secret;
    }
}
