package dev.authmail.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server that is not Java, in the foreground and in a folder of its own, until it is closed. */
final class Daemon implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Daemon(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it; what it prints goes to a file in the folder. */
    static Daemon start(String debianPackage, Path folder, List<String> command) throws IOException {
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            throw new IllegalStateException(command.getFirst() + " is missing; install the package " + debianPackage);
        }
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Daemon(process, output);
    }

    /** Waits for words in its output. */
    void awaitWords(String words) {
        Awaitility.await(words + " in " + output).atMost(Duration.ofSeconds(30)).until(() -> {
            String said = Files.readString(output);
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended: " + said);
            }
            return said.contains(words);
        });
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
