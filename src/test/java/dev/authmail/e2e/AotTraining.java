package dev.authmail.e2e;

import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Writes the cache of loaded and linked classes (JEP 483, JEP 515) that goes into the image: the service of an archive starts,
 * sends mails and ends, and its own Java makes the cache of what that took. It runs where it will run later, at the same
 * paths with the same options: for others the cache is unfit.
 */
public final class AotTraining {
    private static final int MAILS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(10); // one CPU, and recording makes a start slower

    private AotTraining() {}

    /** @param args the archive, and the file that takes the cache */
    public static void main(String[] args) throws Exception {
        Path unpacked = Files.createTempDirectory("authmail-image");
        Image image = Image.unpack(Path.of(args[0]), unpacked);
        try (TestAuthmail authmail = new TestAuthmail()) {
            Path folder = authmail.folder;
            ImageRun run = new ImageRun(image, authmail);
            String recorded = " -XX:AOTConfiguration=" + folder.resolve("authmail.aotconf");
            try (JavaProcess service = run.start(options("-XX:AOTMode=record" + recorded))) {
                run.awaitReady(service, LIMIT);
                send(authmail);
                service.terminate(LIMIT);
            }
            // Two steps: to do it in one, Java wants a shell, which the image does not have.
            Path cache = folder.resolve("authmail.aot");
            try (JavaProcess writer = run.start(options("-XX:AOTMode=create" + recorded + " -XX:AOTCache=" + cache))) {
                writer.awaitEnd(LIMIT);
                keep(writer, cache, Path.of(args[1]));
            }
        } finally {
            FileSystemUtils.deleteRecursively(unpacked);
        }
        System.exit(0); // the broker's threads
    }

    private static Map<String, String> options(String options) {
        return Map.of("JDK_JAVA_OPTIONS", options);
    }

    private static void send(TestAuthmail authmail) {
        authmail.watch();
        for (int i = 0; i < MAILS; i++) {
            authmail.register("training-" + i, "hanako" + i + "@good.test");
        }
        for (int i = 0; i < MAILS; i++) {
            authmail.outcome("training-" + i, "accepted");
        }
    }

    private static void keep(JavaProcess writer, Path cache, Path target) throws IOException {
        if (!Files.exists(cache)) {
            throw new IOException("no cache was written:\n" + writer.out());
        }
        Files.createDirectories(target.getParent());
        Files.copy(cache, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
