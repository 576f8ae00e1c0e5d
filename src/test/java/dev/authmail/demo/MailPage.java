package dev.authmail.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.ReceivedMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A local page that shows the mails as a reader sees them. */
final class MailPage implements AutoCloseable {
    private static final String STYLE = "<!DOCTYPE html><meta charset=utf-8><title>authmail demo</title><style>"
            + "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
            + "li{margin:.5rem 0}iframe{width:100%;height:40rem;border:1px solid #bbb;border-radius:8px}</style>";

    private final HttpServer server;
    private final List<Shown> mails = new CopyOnWriteArrayList<>();

    private record Shown(String server, ReceivedMail mail) {}

    MailPage() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    void add(String by, ReceivedMail mail) {
        mails.add(new Shown(by, mail));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/")) {
            send(exchange, 200, index());
        } else if (path.matches("/\\d{1,6}") && Integer.parseInt(path.substring(1)) < mails.size()) {
            Shown shown = mails.get(Integer.parseInt(path.substring(1)));
            send(exchange, 200, ReadMail.of(shown.mail()).html());
        } else {
            send(exchange, 404, STYLE + "<p>There is no such mail.");
        }
    }

    private String index() {
        StringBuilder page = new StringBuilder(STYLE).append("<h1>Mails that were delivered</h1>");
        for (int i = 0; i < mails.size(); i++) {
            Shown shown = mails.get(i);
            page.append("<h2>")
                    .append(text(ReadMail.of(shown.mail()).subject()))
                    .append("</h2><p>to ")
                    .append(text(shown.mail().to()))
                    .append(", taken by ")
                    .append(text(shown.server()))
                    .append(" over ")
                    .append(text(String.valueOf(shown.mail().tls())))
                    .append("</p><iframe sandbox src=\"/")
                    .append(i)
                    .append("\" title=\"mail\"></iframe>");
        }
        return page.append("<p>Reload to see more.").toString();
    }

    private static String text(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static void send(HttpExchange exchange, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .putAll(Map.of(
                        "Content-Type", List.of("text/html; charset=utf-8"),
                        "Content-Security-Policy",
                                List.of("default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'")));
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
