package dev.authmail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged jar as a process of its own, with nothing but what it is given. */
final class Jar implements AutoCloseable {
    static final Path FILE = Path.of(System.getProperty("jar.under.test", "target/authmail.jar"));
    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final int port;
    private final Path out;
    private final Path err;

    private Jar(Process process, int port, Path out, Path err) {
        this.process = process;
        this.port = port;
        this.out = out;
        this.err = err;
    }

    /** Starts it with these environment variables beside those of the system. */
    static Jar start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        assertThat(FILE).as("the jar, which mvn package makes").exists();
        Path out = Files.createTempFile(folder, "jar", ".out");
        Path err = Files.createTempFile(folder, "jar", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // quick to start
                "-jar",
                FILE.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        int port = freePort();
        builder.environment().putAll(environment);
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
        return new Jar(builder.start(), port, out, err);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a command to its end. */
    static Jar run(Path folder, String input, String... arguments) throws Exception {
        Jar jar = start(folder, Map.of(), arguments);
        try (var stdin = jar.process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        jar.status();
        return jar;
    }

    /** Its exit status, when it has ended. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                .as("it ends: %s", out())
                .isTrue();
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the service has started. */
    Jar awaitStarted() {
        Awaitility.await("the service to start").atMost(START).until(() -> {
            assertThat(process.isAlive()).as(out() + err()).isTrue();
            return out().contains("Started Authmail");
        });
        return this;
    }

    /** What it answers over HTTP: the status, and the body. */
    String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    /** Asks it to end, as Kubernetes does: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
