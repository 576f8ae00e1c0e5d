package dev.authmail.mtasts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.address.Domain;
import dev.authmail.tlsrpt.ResultType;
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
import java.util.Locale;
import java.util.Optional;
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
 * Fetches policies over HTTPS: {@code https://mta-sts.<domain>/.well-known/mta-sts.txt}, with a certificate for that
 * name, no redirect, at most 64 KiB, within one limit of time. RFC 8461 §3.3.
 */
public final class HttpsPolicySource implements PolicySource, AutoCloseable {
    private static final int MAX_OCTETS = 65_536;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("mta-sts-", 0).factory());
    private final HttpClient client;
    private final Duration timeout;
    private final Predicate<String> mayConnect;

    /**
     * @param tls whose authorities are believed
     * @param proxy an HTTP proxy that reaches the web in our place, if any
     * @param timeout the longest that one fetch may take
     * @param mayConnect whether a host may be dialled: it is named by strangers. Not asked when there is a proxy
     */
    public HttpsPolicySource(
            SSLContext tls, @Nullable InetSocketAddress proxy, Duration timeout, Predicate<String> mayConnect) {
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
        this.mayConnect = proxy == null ? mayConnect : host -> true;
    }

    @Override
    public PolicyFetch fetch(Domain domain) {
        Future<PolicyFetch> fetch = executor.submit(() -> fetchFrom("mta-sts." + domain.ascii()));
        try {
            return fetch.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unreachable("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return unreachable(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        } finally {
            fetch.cancel(true);
        }
    }

    private PolicyFetch fetchFrom(String host) throws InterruptedException {
        try {
            if (!mayConnect.test(host)) {
                return unreachable(host + " has no address that may be connected to");
            }
            URI uri = URI.create("https://" + host + "/.well-known/mta-sts.txt");
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response, body);
            }
        } catch (IllegalArgumentException e) {
            return unreachable(host + " is no name for the web"); // such as one with a low line
        } catch (IOException e) {
            return isAboutCertificate(e)
                    ? new PolicyFetch.Failed(
                            ResultType.STS_WEBPKI_INVALID, "the certificate of " + host + " is not good: " + reason(e))
                    : unreachable(host + ": " + reason(e));
        }
    }

    private static PolicyFetch read(HttpResponse<?> response, InputStream body) throws IOException {
        if (response.statusCode() != 200) {
            return unreachable("the web server answered " + response.statusCode());
        }
        Optional<String> type = response.headers().firstValue("Content-Type");
        if (!type.map(HttpsPolicySource::isPlainText).orElse(false)) {
            return invalid("is not text/plain");
        }
        byte[] octets = body.readNBytes(MAX_OCTETS + 1);
        if (octets.length > MAX_OCTETS) {
            return invalid("is longer than 64 KiB");
        }
        return switch (StsPolicy.parse(new String(octets, UTF_8))) {
            case ParsedStsPolicy.Valid valid -> new PolicyFetch.Fetched(valid.policy());
            case ParsedStsPolicy.Invalid invalid -> invalid(invalid.rule());
        };
    }

    private static boolean isPlainText(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("text/plain");
    }

    private static boolean isAboutCertificate(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
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

    private static PolicyFetch unreachable(String detail) {
        return new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, detail);
    }

    private static PolicyFetch invalid(String rule) {
        return new PolicyFetch.Failed(ResultType.STS_POLICY_INVALID, "the policy " + rule);
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
