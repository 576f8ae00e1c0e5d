package dev.authmail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The service of an unpacked image, on the broker and the servers of a test. */
final class ImageRun {
    private final Image image;
    private final TestAuthmail authmail;
    private final int management;

    ImageRun(Image image, TestAuthmail authmail) throws IOException {
        this.image = image;
        this.authmail = authmail;
        Path authorities = authmail.folder.resolve("authorities.pem"); // it sees no folder but this one
        Files.copy(authmail.certificates.pem(), authorities);
        authmail.set("authmail.smtp.ca-bundle", authorities);
        giveToItsUser(authmail.folder);
        management = freePort();
    }

    /** @param environment beside that of the image and of the test */
    JavaProcess start(Map<String, String> environment) {
        Map<String, String> all = authmail.environment();
        all.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        all.putAll(environment);
        return image.start(authmail.folder, all);
    }

    /** Waits until it would get traffic in a cluster. */
    void awaitReady(JavaProcess service, Duration limit) {
        service.awaitOut("Started Authmail", limit);
        Awaitility.await()
                .atMost(limit)
                .untilAsserted(() -> assertThat(readiness()).contains("\"status\":\"UP\""));
    }

    /** Keys are mounted so that the user of the image reads them, as {@code fsGroup} does. */
    private static void giveToItsUser(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", 10001);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String readiness() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
