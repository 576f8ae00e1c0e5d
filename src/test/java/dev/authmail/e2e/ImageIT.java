package dev.authmail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as the profile {@code image} makes it, run as a cluster would run it. */
@Tag("image")
class ImageIT {
    private static final Path ARCHIVE =
            Path.of(System.getProperty("image.under.test", "target/authmail-image-aot.tar"));
    private static final String CACHE = "/opt/authmail/authmail.aot";
    private static final Duration START = Duration.ofMinutes(5);

    @TempDir
    private static Path unpacked;

    @TempDir
    private static Path folder;

    private static Image image;

    @BeforeAll
    static void unpack() throws Exception {
        image = Image.unpack(ARCHIVE, unpacked);
    }

    @Test
    void itSendsAMailAsNobodyFromAReadOnlyRoot() throws Exception {
        try (TestAuthmail authmail = new TestAuthmail()) {
            ImageRun run = new ImageRun(image, authmail);
            try (JavaProcess service = run.start(Map.of())) {
                run.awaitReady(service, START);
                authmail.watch().register("image-1", "hanako@good.test");

                Awaitility.await()
                        .atMost(START)
                        .until(() -> !authmail.relay.mails().isEmpty());
                assertThat(authmail.relay.mails()).extracting(ReceivedMail::to).containsExactly("hanako@good.test");
                authmail.outcome("image-1", "accepted");
                assertThat(service.out())
                        .as("libcrypto is in the image, and native access granted")
                        .contains("DKIM signatures are made by OpenSSL")
                        .doesNotContain("WARNING");
                assertThat(proc(service, "maps"))
                        .as("the cache of classes fits and is in use")
                        .contains(CACHE);
                assertThat(proc(service, "status"))
                        .containsPattern("Uid:\\s+10001\\s+10001\\s+10001\\s+10001")
                        .containsPattern("CapEff:\\s+0+\\n")
                        .containsPattern("NoNewPrivs:\\s+1");
                assertThat(proc(service, "mounts").lines().filter(line -> line.split(" ")[1].equals("/")))
                        .last()
                        .asString()
                        .containsPattern(" ro[, ]");
                assertThat(service.terminate(Duration.ofSeconds(60))).isEqualTo(143);
            }
        }
    }

    @Test
    void itStartsWithoutItsCacheWhenAnOptionMakesThatUnfit() {
        Map<String, String> otherLayoutOfObjects = Map.of("JDK_JAVA_OPTIONS", "-XX:+UseCompactObjectHeaders");
        try (JavaProcess command = image.start(folder, otherLayoutOfObjects, "explain", "550 5.1.1 no such user")) {
            assertThat(command.awaitEnd(START).out()).contains("Unable to use AOT cache", "address-unknown");
        }
    }

    @Test
    void itSaysWhatTheManifestsSay() throws IOException {
        String deployment = Files.readString(Path.of("k8s/base/40-deployment.yaml"));

        assertThat(image.user()).isEqualTo("10001:10001");
        assertThat(deployment).contains("runAsUser: 10001", "runAsGroup: 10001", "containerPort: 8081");
        assertThat(image.ports()).containsExactly("8081/tcp");
    }

    @Test
    void itIsJava25AndNothingThatCanBeWrittenOrRaisesPrivileges() throws IOException {
        try (Stream<Path> files = Files.walk(image.root())) {
            assertThat(files.filter(file -> !file.startsWith(image.root().resolve("tmp"))))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
                        assertThat((int) Files.getAttribute(file, "unix:mode") & 06022)
                                .as("set-id bits, or writable by others: %s", file)
                                .isZero();
                    });
        }
        assertThat(image.root().resolve("opt/java/release")).content().contains("JAVA_VERSION=\"25");
        assertThat(image.root().resolve("bin")).doesNotExist();
        assertThat(image.root().resolve("usr/bin")).doesNotExist();
    }

    private static String proc(JavaProcess service, String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(service.pid()), file));
    }
}
