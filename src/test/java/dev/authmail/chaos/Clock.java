package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The wall clock of one process, moved while it runs by libfaketime; the monotonic clock stays, as when NTP steps. */
final class Clock {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private Clock() {}

    /** @param offset file that holds by how many seconds the clock is off */
    static Map<String, String> environment(Path offset) {
        assertThat(LIBRARY).as("libfaketime: apt-get install libfaketime").exists();
        return Map.of(
                "LD_PRELOAD", LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
    }

    /** @param seconds such as {@code +3600} */
    static void jump(Path offset, String seconds) throws IOException {
        Path next = Files.writeString(offset.resolveSibling("clock-next"), seconds);
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }
}
