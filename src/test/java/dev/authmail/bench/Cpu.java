package dev.authmail.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the system says about a process. Linux, proc(5). */
final class Cpu {
    private static final int MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux of today
    private static final int UTIME = 11;

    private Cpu() {}

    /** CPU time of the process, in its own code and in the system's, in steps of 10 ms. */
    static Duration of(long pid) {
        String[] fields = read(pid, "stat").replaceFirst("^.*\\) ", "").split(" ");
        return Duration.ofMillis(MILLIS_PER_TICK * (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])));
    }

    /** The most memory that the process ever had in RAM, in MiB. */
    static long peakMebibytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
