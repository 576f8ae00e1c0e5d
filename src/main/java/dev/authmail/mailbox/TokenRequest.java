package dev.authmail.mailbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an authorization server for access tokens: with a refresh token (RFC 6749 §6, Google) or in our own name (§4.4,
 * Microsoft). A token is asked for once and used until a minute before its end. Thread-safe.
 */
public final class TokenRequest implements Login {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(1);
    private static final long LONGEST_SECONDS = 86_400;
    private static final JsonMapper JSON = new JsonMapper();

    private final Settings settings;
    private final HttpClient http;
    private final Clock clock;
    private @Nullable String token;
    private Instant until = Instant.MIN;

    /**
     * Whom to ask, and as whom.
     *
     * @param endpoint the token endpoint, https
     * @param clientId the name that the authorization server knows us by
     * @param clientSecretFile file of its secret; read anew for each request
     * @param refreshTokenFile file of a refresh token; null to ask in our own name
     * @param scope what the token is for; null to leave it to the server
     */
    public record Settings(
            URI endpoint,
            String clientId,
            Path clientSecretFile,
            @Nullable Path refreshTokenFile,
            @Nullable String scope) {
        public Settings {
            boolean loopback = "localhost".equals(endpoint.getHost()) || "127.0.0.1".equals(endpoint.getHost());
            if (!"https".equals(endpoint.getScheme()) && !loopback) {
                throw new IllegalArgumentException("the token endpoint must begin with https://");
            }
        }
    }

    /**
     * @param settings whom to ask
     * @param http asks; must not follow redirections
     * @param clock tells when a token ends
     */
    public TokenRequest(Settings settings, HttpClient http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public synchronized String secret() throws IOException {
        String known = token;
        if (known != null && clock.instant().isBefore(until)) {
            return known;
        }
        token = null;
        String fresh = ask();
        token = fresh;
        return fresh;
    }

    private String ask() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return read(answer.statusCode(), answer.body());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the token was asked for", stop);
        }
    }

    private String form() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        Path refresh = settings.refreshTokenFile();
        fields.put("grant_type", refresh == null ? "client_credentials" : "refresh_token");
        fields.put("client_id", settings.clientId());
        fields.put("client_secret", SecretFile.read(settings.clientSecretFile()));
        if (refresh != null) {
            fields.put("refresh_token", SecretFile.read(refresh));
        }
        String scope = settings.scope();
        if (scope != null) {
            fields.put("scope", scope);
        }
        return fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** RFC 6749 §5.1 and §5.2. Of a refusal, only its code is told: the rest may quote what was sent. */
    private String read(int status, String body) throws IOException {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw new IOException("the token endpoint answered " + status + " and no JSON");
        }
        String fresh = answer.path("access_token").asString("");
        if (status != 200 || fresh.isEmpty()) {
            String error = answer.path("error").asString("").replaceAll("[^a-z_]", "");
            throw new IOException("the token endpoint answered " + status + " " + error);
        }
        long seconds = Math.clamp(answer.path("expires_in").asLong(0), 0, LONGEST_SECONDS);
        until = clock.instant().plusSeconds(seconds).minus(BEFORE_ITS_END);
        return fresh;
    }
}
