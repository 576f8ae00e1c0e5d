package dev.authmail.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrangersHttpsTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final SSLContext TRUST = TrustAnchors.ofPem(AUTHORITY.pem()).sslContext();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable HttpsServer web;

    private URI serve(SSLContext certificate, String path) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web = server;
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server.createContext("/", this::answer);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    @AfterEach
    void stop() {
        end.countDown();
        if (web != null) {
            web.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.getResponseHeaders().set("Location", "/ok");
        switch (exchange.getRequestURI().getPath()) {
            case "/redirect" -> exchange.sendResponseHeaders(302, -1);
            case "/stall" -> {
                exchange.sendResponseHeaders(200, 10);
                exchange.getResponseBody().write("begun".getBytes(UTF_8));
                exchange.getResponseBody().flush();
                await();
            }
            default -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("0123456789".getBytes(UTF_8));
            }
        }
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpsAnswer get(URI uri, int maxOctets, Duration timeout, boolean mayConnect) {
        try (StrangersHttps https = new StrangersHttps(TRUST, null, timeout, host -> mayConnect)) {
            return https.get(uri, maxOctets);
        }
    }

    @ParameterizedTest(name = "{0} octets of ten")
    @CsvSource({"11, 0123456789, true", "10, 0123456789, true", "9, 012345678, false"})
    void theBodyIsReadUpToItsLimit(int maxOctets, String body, boolean whole) throws IOException {
        URI uri = serve(AUTHORITY.validFor("localhost"), "/ok");

        assertThat(get(uri, maxOctets, SOON, true)).isEqualTo(new HttpsAnswer.Answered(200, "text/plain", body, whole));
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws IOException {
        URI uri = serve(AUTHORITY.validFor("localhost"), "/redirect");

        assertThat(get(uri, 100, SOON, true))
                .isInstanceOfSatisfying(
                        HttpsAnswer.Answered.class, a -> assertThat(a.status()).isEqualTo(302));
        assertThat(asked).containsExactly("GET /redirect ");
    }

    @Test
    void whatIsPostedArrives() throws IOException {
        URI uri = serve(AUTHORITY.validFor("localhost"), "/ok");
        try (StrangersHttps https = new StrangersHttps(TRUST, null, SOON, host -> true)) {
            assertThat(https.post(uri, "text/plain", "words".getBytes(UTF_8)))
                    .isEqualTo(new HttpsAnswer.Answered(200, "text/plain", "", false));
        }
        assertThat(asked).containsExactly("POST /ok words");
    }

    @Test
    void aBodyThatNeverEndsIsGivenUpInTime() throws IOException {
        URI uri = serve(AUTHORITY.validFor("localhost"), "/stall");

        failed(get(uri, 100, Duration.ofMillis(800), true), HttpsAnswer.Problem.UNREACHABLE, "within 800 ms");
    }

    @Test
    void aHostThatMayNotBeDialledIsNot() throws IOException {
        URI uri = serve(AUTHORITY.validFor("localhost"), "/ok");

        failed(get(uri, 100, SOON, false), HttpsAnswer.Problem.UNREACHABLE, "no address that may be connected to");
        assertThat(asked).isEmpty();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsToldApart() throws IOException {
        URI uri = serve(AUTHORITY.selfSigned("localhost"), "/ok");

        failed(get(uri, 100, SOON, true), HttpsAnswer.Problem.CERTIFICATE, "certificate of localhost");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            http://localhost/x        | without TLS
            file:///etc/hostname      | no server at all
            https:///x                | no host
            https://foo_bar.test/x    | a name that is none for the web
            """)
    void whatIsNoHttpsAddressIsNotAsked(URI uri, String reason) {
        failed(get(uri, 100, SOON, true), HttpsAnswer.Problem.UNREACHABLE, "no https address");
    }

    private static void failed(HttpsAnswer answer, HttpsAnswer.Problem problem, String words) {
        assertThat(answer).isInstanceOfSatisfying(HttpsAnswer.Failed.class, failed -> {
            assertThat(failed.problem()).isEqualTo(problem);
            assertThat(failed.detail()).contains(words);
        });
    }
}
