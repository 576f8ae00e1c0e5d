package dev.authmail.mail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program that is not Java; a program that is missing or fails is an error that names the package. */
public final class ForeignProgram {
    private static final long LIMIT_SECONDS = 60;

    private ForeignProgram() {}

    /**
     * What it writes to standard output.
     *
     * @param command the program, by its path or as PATH has it, and its arguments
     */
    public static String run(String debianPackage, List<String> command) throws IOException, InterruptedException {
        if (!isThere(command.getFirst())) {
            throw new IllegalStateException(command.getFirst() + " is missing; install the package " + debianPackage);
        }
        Path out = Files.createTempFile("authmail-program", ".out");
        Path err = Files.createTempFile("authmail-program", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.getFirst() + " did not end in " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(err, StandardCharsets.UTF_8));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(program)) // an absolute path stays what it is
                .anyMatch(Files::isExecutable);
    }
}
