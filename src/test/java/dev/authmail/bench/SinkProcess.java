package dev.authmail.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link Sink} in a process of its own. */
final class SinkProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    final int port;
    final Path authority;

    /** A sink next door, on one address. */
    SinkProcess() throws IOException {
        this(Duration.ZERO, false, 0);
    }

    /**
     * @param delay how long whatever it says is on its way
     * @param chunking whether it offers CHUNKING (RFC 3030)
     * @param hosts how many addresses beside 127.0.0.1 it listens on
     */
    SinkProcess(Duration delay, boolean chunking, int hosts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Sink.class.getName()));
        command.addAll(Sink.arguments(delay, chunking, hosts));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
        String[] words = answers.readLine().split(" ", 2);
        port = Integer.parseInt(words[0]);
        authority = Path.of(words[1]);
    }

    /** How many mails and connections it has taken so far. */
    long[] counts() {
        try {
            questions.write("\n");
            questions.flush();
            String[] words = answers.readLine().split(" ");
            return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    Duration cpu() {
        return Cpu.of(pid());
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroy();
    }
}
