package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OAuth 2.0 authorization server for one client: {@code POST /token} with client credentials (RFC 6749 §4.4) gives a
 * signed JWT whose subject is the client, {@code GET /jwks} the public key (RFC 7517).
 */
public final class TokenServer implements AutoCloseable {
    public static final String AUDIENCE = "kafka";
    private static final int LIFETIME_SECONDS = 300;

    private final HttpServer http;
    private final KeyPair keys;
    private final String client;
    private final String secret;
    private final Clock clock;
    private final AtomicInteger given = new AtomicInteger();

    private TokenServer(HttpServer http, KeyPair keys, String client, String secret, Clock clock) {
        this.http = http;
        this.keys = keys;
        this.client = client;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Starts it on loopback.
     *
     * @param client who is known, and the secret
     */
    public static TokenServer start(String client, String secret, Clock clock)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TokenServer server = new TokenServer(http, generator.generateKeyPair(), client, secret, clock);
        http.createContext("/token", server::token);
        http.createContext("/jwks", server::jwks);
        http.start();
        return server;
    }

    /** Where tokens are asked for. */
    public URI tokens() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/token");
    }

    /** Where the public key stands. */
    public URI publicKeys() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/jwks");
    }

    /** How many tokens it has given. */
    public int given() {
        return given.get();
    }

    private void token(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
        boolean known = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked.contains("grant_type=client_credentials");
        if (known) {
            given.incrementAndGet();
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                            .formatted(jwt(), LIFETIME_SECONDS));
        } else {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        }
    }

    private void jwks(HttpExchange exchange) throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        answer(
                exchange,
                200,
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                        .formatted(
                                base64url(unsigned(key.getModulus())), base64url(unsigned(key.getPublicExponent()))));
    }

    private String jwt() {
        long now = clock.instant().getEpochSecond();
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"1\"}";
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"scope\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(tokens(), client, AUDIENCE, AUDIENCE, now, now + LIFETIME_SECONDS);
        String signed = base64url(header.getBytes(UTF_8)) + "." + base64url(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] octets = number.toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static String base64url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] octets = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
