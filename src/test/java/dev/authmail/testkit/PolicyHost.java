package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * The web servers of all policies, on loopback, behind an HTTP proxy that leads every name to them: so clients use the
 * names, ports and certificates of the world.
 */
public final class PolicyHost implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer web;
    private final ServerSocket proxy;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What is answered to one host name. */
    private record Page(int status, String contentType, String body, String location) {}

    private PolicyHost(HttpsServer web, ServerSocket proxy) {
        this.web = web;
        this.proxy = proxy;
        web.createContext("/", this::answer);
        web.setExecutor(threads);
        web.start();
        threads.execute(this::serveProxy);
    }

    /** Starts them; the certificate must be for every name that is asked for. */
    public static PolicyHost start(SSLContext certificate) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpsServer web = HttpsServer.create(new InetSocketAddress(loopback, 0), 50);
            web.setHttpsConfigurator(new HttpsConfigurator(certificate));
            return new PolicyHost(web, new ServerSocket(0, 50, loopback));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves a policy as it should be. */
    public PolicyHost policy(String host, String policy) {
        return page(host, 200, "text/plain; charset=utf-8", policy);
    }

    /** Serves anything; an empty content type is none. */
    public PolicyHost page(String host, int status, String contentType, String body) {
        pages.put(host, new Page(status, contentType, body, ""));
        return this;
    }

    /** Sends clients to another address. */
    public PolicyHost redirect(String host, String location) {
        pages.put(host, new Page(302, "text/plain", "", location));
        return this;
    }

    /** Takes a policy from the web; the host then answers 404. */
    public PolicyHost remove(String host) {
        pages.remove(host);
        return this;
    }

    /** The proxy that leads to them, {@code host:port}. */
    public InetSocketAddress proxy() {
        return new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort());
    }

    /** What was asked for, such as {@code mta-sts.b.test/.well-known/mta-sts.txt}, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            requests.add(host + exchange.getRequestURI());
            Page page = pages.getOrDefault(host, new Page(404, "text/html", "<p>nothing here", ""));
            if (!page.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", page.contentType());
            }
            if (!page.location().isEmpty()) {
                exchange.getResponseHeaders().set("Location", page.location());
            }
            byte[] body = page.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void serveProxy() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    /** RFC 9110 §9.3.6. */
    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket(
                        web.getAddress().getAddress(), web.getAddress().getPort())) {
            skipHead(client);
            client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(US_ASCII));
            threads.execute(() -> pump(server, client));
            pump(client, server);
        } catch (IOException e) {
            // One side has gone.
        }
    }

    private static void skipHead(Socket client) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int octet = client.getInputStream().read();
            if (octet < 0) {
                throw new IOException("the client has gone");
            }
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone.
        }
    }

    @Override
    public void close() {
        web.stop(0);
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
