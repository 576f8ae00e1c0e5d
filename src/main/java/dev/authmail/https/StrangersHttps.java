package dev.authmail.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.https.HttpsAnswer.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks web servers that strangers name, by HTTPS alone: a certificate for the name, no redirect, one limit of time for
 * all of it, a limit of octets. Thread-safe.
 */
public final class StrangersHttps implements AutoCloseable {
    private static final int MAX_CAUSES = 10;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("https-", 0).factory());
    private final HttpClient client;
    private final Duration timeout;
    private final Predicate<String> mayConnect;

    /**
     * @param tls whose authorities are believed
     * @param proxy an HTTP proxy that reaches the web in our place, if any
     * @param timeout the longest that one request may take, the body with it
     * @param mayConnect whether a host may be dialled. Not asked when there is a proxy
     */
    public StrangersHttps(
            SSLContext tls, @Nullable InetSocketAddress proxy, Duration timeout, Predicate<String> mayConnect) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor);
        if (proxy != null) {
            builder.proxy(ProxySelector.of(proxy));
        }
        this.client = builder.build();
        this.timeout = timeout;
        this.mayConnect = proxy == null ? mayConnect : host -> true;
    }

    /**
     * Fetches.
     *
     * @param maxOctets of the answer's body that are read
     */
    public HttpsAnswer get(URI uri, int maxOctets) {
        return ask(uri, request -> request.GET(), maxOctets);
    }

    /** Posts; of the answer's body nothing is read. */
    public HttpsAnswer post(URI uri, String contentType, byte[] body) {
        return ask(
                uri,
                request ->
                        request.header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                0);
    }

    /** What is asked for. */
    private interface Method {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    private HttpsAnswer ask(URI uri, Method method, int maxOctets) {
        String host = uri.getHost();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null) {
            return unreachable("is no https address of a host"); // such as one with a low line
        }
        Future<HttpsAnswer> answer = executor.submit(() -> send(uri, host, method, maxOctets));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unreachable("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return unreachable(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    private HttpsAnswer send(URI uri, String host, Method method, int maxOctets) throws InterruptedException {
        if (!mayConnect.test(host)) {
            return unreachable(host + " has no address that may be connected to");
        }
        HttpRequest request = method.of(HttpRequest.newBuilder(uri)).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response, body, maxOctets);
            }
        } catch (IOException e) {
            return isAboutCertificate(e)
                    ? new HttpsAnswer.Failed(
                            Problem.CERTIFICATE, "the certificate of " + host + " is not good: " + reason(e))
                    : unreachable(host + ": " + reason(e));
        }
    }

    private static HttpsAnswer read(HttpResponse<?> response, InputStream body, int maxOctets) throws IOException {
        byte[] octets = body.readNBytes(maxOctets);
        boolean whole = maxOctets > 0 && body.read() < 0;
        return new HttpsAnswer.Answered(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                new String(octets, UTF_8),
                whole);
    }

    private static boolean isAboutCertificate(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof CertificateException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static HttpsAnswer unreachable(String detail) {
        return new HttpsAnswer.Failed(Problem.UNREACHABLE, detail);
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
