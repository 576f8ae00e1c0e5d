package dev.authmail.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.authmail.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How access tokens are asked for, kept and renewed. RFC 6749. */
class TokenRequestTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("secret"), "s&cret\n");
        Files.writeString(folder.resolve("refresh"), "1//r\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void inOurOwnNameWithAScope() throws IOException {
        answer = "{\"access_token\": \"t-1\", \"expires_in\": 3600}";

        assertThat(request(null, "https://outlook.office365.com/.default").secret())
                .isEqualTo("t-1");
        assertThat(asked)
                .containsExactly("grant_type=client_credentials&client_id=id&client_secret=s%26cret"
                        + "&scope=https%3A%2F%2Foutlook.office365.com%2F.default");
    }

    @Test
    void withARefreshToken() throws IOException {
        answer = "{\"access_token\": \"t-1\", \"expires_in\": 3600}";

        assertThat(request(folder.resolve("refresh"), null).secret()).isEqualTo("t-1");
        assertThat(asked)
                .containsExactly("grant_type=refresh_token&client_id=id&client_secret=s%26cret&refresh_token=1%2F%2Fr");
    }

    @Test
    void aTokenIsUsedUntilAMinuteBeforeItsEnd() throws IOException {
        TokenRequest request = request(null, null);
        answer = "{\"access_token\": \"t-1\", \"expires_in\": 3600}";
        request.secret();
        clock.move(Duration.ofMinutes(58));
        assertThat(request.secret()).isEqualTo("t-1");
        assertThat(asked).hasSize(1);

        answer = "{\"access_token\": \"t-2\"}";
        clock.move(Duration.ofMinutes(1));
        assertThat(request.secret()).isEqualTo("t-2");
        request.secret();
        assertThat(asked).as("one without an end is asked for each time").hasSize(3);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | {\"error\": \"invalid_grant\", \"error_description\": \"s&cret is wrong\"} | answered 400 invalid_grant",
                "200 | {\"token_type\": \"Bearer\"} | answered 200",
                "503 | <html>s&cret</html> | answered 503 and no JSON",
            })
    void aRefusalIsToldWithoutWhatItQuotes(int code, String body, String words) throws IOException {
        status = code;
        answer = body;
        TokenRequest request = request(null, null);

        assertThatThrownBy(request::secret)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("cret");
    }

    @Test
    void aSecretGoesOverTlsAlone() {
        assertThatThrownBy(() -> new TokenRequest.Settings(
                        URI.create("http://login.example.com/token"), "id", folder.resolve("secret"), null, null))
                .hasMessageContaining("https://");
    }

    private TokenRequest request(@Nullable Path refresh, @Nullable String scope) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
        return new TokenRequest(
                new TokenRequest.Settings(endpoint, "id", folder.resolve("secret"), refresh, scope),
                HttpClient.newHttpClient(),
                clock);
    }
}
