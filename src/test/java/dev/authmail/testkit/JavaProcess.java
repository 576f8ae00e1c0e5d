package dev.authmail.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Java program in a process of its own, on the JDK of the tests; what it prints goes to a file. */
public final class JavaProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;

    private JavaProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // none outlives the tests
    }

    /**
     * Starts it.
     *
     * @param folder its working directory, which also takes its log
     * @param name of the log
     * @param environment beside that of the system
     * @param arguments of {@code java}: options, the main class or {@code -jar}, and what follows
     */
    public static JavaProcess start(Path folder, String name, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return startCommand(folder, name, environment, command);
    }

    /** Starts a command that becomes a Java program by {@code exec}, so that its process is that of Java. */
    public static JavaProcess startCommand(
            Path folder, String name, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(folder, name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new JavaProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of the tests; absolute, since the process has another working directory. */
    public static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    /** What it has printed so far. */
    public String out() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed this; fails when it ends before. */
    public JavaProcess awaitOut(String text, Duration limit) {
        Awaitility.await(name + " to print " + text)
                .pollInterval(Duration.ofMillis(50))
                .atMost(limit)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(name + " has ended with " + process.exitValue() + ":\n" + out());
                    }
                    return out().contains(text);
                });
        return this;
    }

    /** Waits until it has ended by itself; fails when that was not with 0. */
    public JavaProcess awaitEnd(Duration limit) {
        Awaitility.await(name + " to end").atMost(limit).until(() -> !process.isAlive());
        if (process.exitValue() != 0) {
            throw new AssertionError(name + " has ended with " + process.exitValue() + ":\n" + out());
        }
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Memory of the process that is in RAM, in octets. */
    public long residentOctets() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: it ends at once and finishes nothing. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, as Kubernetes sends it. Returns the exit status; fails when it is not gone in time. */
    public int terminate(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + grace + ":\n" + out());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    /** SIGSTOP: it does nothing until {@link #thaw}, and its connections stay open. */
    public void freeze() {
        signal("STOP");
        Awaitility.await(name + " to stand still")
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(Path.of("/proc", Long.toString(pid()), "stat"))
                        .replaceFirst(".*\\) ", "")
                        .startsWith("T"));
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }
}
