package dev.authmail.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks Amazon SNS for what a message names: a valid certificate, no redirect, at most 64 KiB, one limit of time. */
public final class SnsClient implements AutoCloseable {
    private static final int MAX_OCTETS = 65_536;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sns-", 0).factory());
    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param tls whose authorities are believed
     * @param proxy an HTTP proxy that reaches the web in our place, if any
     * @param timeout the longest that one question may take
     */
    public SnsClient(SSLContext tls, @Nullable InetSocketAddress proxy, Duration timeout) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(executor);
        if (proxy != null) {
            builder.proxy(ProxySelector.of(proxy));
        }
        this.client = builder.build();
        this.timeout = timeout;
    }

    /**
     * What stands there.
     *
     * @param uri of a topic's own host
     * @return empty when there was no answer, another than 200, or too long a one
     */
    Optional<byte[]> get(URI uri) {
        Future<Optional<byte[]>> answer = executor.submit(() -> ask(uri));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    private Optional<byte[]> ask(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] octets = body.readNBytes(MAX_OCTETS + 1);
            return response.statusCode() == 200 && octets.length <= MAX_OCTETS ? Optional.of(octets) : Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
