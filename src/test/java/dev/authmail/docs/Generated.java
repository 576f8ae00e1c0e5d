package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents that are made of the code: compared with what they should be, or written anew when somebody asks for it. */
final class Generated {
    private static final boolean WRITE = Boolean.getBoolean("docs.write");

    private Generated() {}

    /** The whole file is generated. */
    static void check(Path file, String text) throws IOException {
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s is made of the code; write it anew: mvn test -Dtest='dev/authmail/docs/*' -Ddocs.write", file)
                .content()
                .isEqualTo(text);
    }

    /** What follows a line of the file is generated; what stands before it is written by hand. */
    static void checkAfter(Path file, String line, String text) throws IOException {
        String now = Files.readString(file);
        int end = now.indexOf(line);
        assertThat(end).as("%s has the line %s", file, line).isNotNegative();
        check(file, now.substring(0, end) + line + "\n\n" + text);
    }
}
