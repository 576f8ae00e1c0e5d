package dev.authmail.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.authmail.https.StrangersHttps;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportUploadTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final SSLContext TRUST = TrustAnchors.ofPem(AUTHORITY.pem()).sslContext();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final TlsReportFile FILE =
            new TlsReportFile("1@sender.test", LocalDate.parse("2026-11-24"), "b.test", new byte[] {31, -117, 1});

    private record Post(String type, byte[] octets) {}

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private HttpsServer web;

    @BeforeEach
    void start() throws IOException {
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.createContext("/", exchange -> {
            posts.add(new Post(
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Location", uri("/200").toString());
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + web.getAddress().getPort() + path);
    }

    private void serve(SSLContext certificate) {
        web.setHttpsConfigurator(new HttpsConfigurator(certificate));
        web.start();
    }

    private ReportSending post(String path) {
        try (ReportUpload upload = new ReportUpload(new StrangersHttps(TRUST, null, SOON, host -> true))) {
            return upload.post(uri(path), FILE);
        }
    }

    @Test
    void theFileIsPostedWithItsType() {
        serve(AUTHORITY.validFor("localhost"));

        assertThat(post("/201")).isEqualTo(new ReportSending.Arrived());
        assertThat(posts).singleElement().satisfies(post -> {
            assertThat(post.type()).isEqualTo("application/tlsrpt+gzip");
            assertThat(post.octets()).isEqualTo(FILE.gzip());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "302, true,  a redirect is not followed",
        "404, false, not there",
        "413, false, too large",
        "408, true,  it took too long",
        "429, true,  too many at once",
        "500, true,  the server is broken"
    })
    void anotherAnswerIsAProblemAndNothingElseIsAsked(int status, boolean later, String reason) {
        serve(AUTHORITY.validFor("localhost"));

        String detail = "the web server answered " + status;
        assertThat(post("/" + status))
                .as(reason)
                .isEqualTo(later ? new ReportSending.NotNow(detail) : new ReportSending.Refused(detail));
        assertThat(posts).hasSize(1);
    }

    @Test
    void aServerThatNobodyVouchesForGetsNothing() {
        serve(AUTHORITY.selfSigned("localhost"));

        assertThat(post("/200")).isInstanceOf(ReportSending.NotNow.class);
        assertThat(posts).isEmpty();
    }
}
