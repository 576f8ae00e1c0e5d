package dev.authmail.tlsreport;

import java.io.IOException;
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
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Posts reports to web servers that strangers name: HTTPS, no redirect, one limit of time. RFC 8460 §5.4. */
public final class ReportUpload implements AutoCloseable {
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tls-report-", 0).factory());
    private final HttpClient client;
    private final Duration timeout;
    private final Predicate<String> mayConnect;

    /**
     * @param tls whose authorities are believed. RFC 8460 §3 lets a sender overlook certificates; we do not
     * @param proxy an HTTP proxy that reaches the web in our place, if any
     * @param timeout the longest that one upload may take
     * @param mayConnect whether a host may be dialled. Not asked when there is a proxy
     */
    public ReportUpload(
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

    /** Posts one; what went wrong, if anything. */
    public Optional<String> post(URI uri, TlsReportFile file) {
        Future<Optional<String>> upload = executor.submit(() -> send(uri, file));
        try {
            return upload.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } finally {
            upload.cancel(true);
        }
    }

    private Optional<String> send(URI uri, TlsReportFile file) throws IOException, InterruptedException {
        if (!mayConnect.test(uri.getHost())) {
            return Optional.of("has no address that may be connected to");
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", TlsReportFile.TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file.gzip()))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status / 100 == 2 ? Optional.empty() : Optional.of("the web server answered " + status);
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
