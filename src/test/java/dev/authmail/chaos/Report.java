package dev.authmail.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Prints what was measured, and keeps it in {@code target/chaos.txt}. */
final class Report {
    static final long SEED = Long.getLong("chaos.seed", 20_251_124);
    private static final Path FILE = Path.of("target", "chaos.txt");

    Report(String title) {
        write("== " + title + ", seed " + SEED + ", " + Runtime.getRuntime().availableProcessors() + " cores");
    }

    void line(String scenario, String text) {
        write("%-22s %s".formatted(scenario, text));
    }

    private static synchronized void write(String line) {
        System.out.println(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds with one digit. */
    static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
