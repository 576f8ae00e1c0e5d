package dev.authmail.mailbox;

import java.io.IOException;
import java.nio.file.Path;

/** Gives the secret that a mailbox asks for, each time a connection is made. */
@FunctionalInterface
public interface Login {
    /** The password or access token of this moment. @throws IOException when there is none; the text holds no secret */
    String secret() throws IOException;

    /** What a file holds, read anew each time: a password, or an access token that somebody else keeps fresh. */
    static Login ofFile(Path file) {
        return () -> SecretFile.read(file);
    }
}
