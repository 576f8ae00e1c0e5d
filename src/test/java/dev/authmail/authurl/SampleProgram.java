package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a sample with a driver around it, in a folder of its own. */
final class SampleProgram {
    private static final long LIMIT_SECONDS = 60;

    private SampleProgram() {}

    /** The lines that it writes. */
    static List<String> run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.directory(folder.toFile()).environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(output);
    }
}
