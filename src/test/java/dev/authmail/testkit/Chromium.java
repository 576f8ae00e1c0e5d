package dev.authmail.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser without a screen, steered by the Chrome DevTools Protocol; each person in it has a profile of their own. */
public final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    private Chromium(Process process, URI devTools) {
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(devTools, new Listener())
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /**
     * The program without a window, and without what it does by itself.
     *
     * @param profile folder for its files
     */
    public static List<String> command(Path profile) {
        return List.of(
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
    }

    /** @param folder for its files, empty */
    public static Chromium start(Path folder) throws IOException {
        List<String> command = new ArrayList<>(command(folder));
        command.addAll(List.of("--lang=en", "--accept-lang=en", "--remote-debugging-port=0"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            Path told = folder.resolve("DevToolsActivePort");
            List<String> lines = Awaitility.await("Chromium")
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(told) ? Files.readAllLines(told) : List.of(), l -> l.size() == 2);
            return new Chromium(process, URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.getLast()));
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Somebody with a browser that knows nothing yet. */
    public Person person() {
        String profile = ask("Target.createBrowserContext", "", Map.of())
                .get("browserContextId")
                .asString();
        String target = ask(
                        "Target.createTarget",
                        "",
                        Map.of("url", "about:blank", "browserContextId", profile, "width", 390, "height", 700))
                .get("targetId")
                .asString();
        return new Person(ask("Target.attachToTarget", "", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString());
    }

    private JsonNode ask(String method, String session, Map<String, Object> parameters) {
        int id = asked.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        socket.sendText(JSON.writeValueAsString(message), true).join();
        JsonNode told = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (told.has("error")) {
            throw new IllegalStateException(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    /** One tab in a profile of its own. */
    public final class Person {
        private final String session;

        private Person(String session) {
            this.session = session;
        }

        /** Opens an address and waits until the page is there. */
        public void open(URI address) {
            ask("Page.navigate", session, Map.of("url", address.toString()));
            Awaitility.await("the page")
                    .atMost(PATIENCE)
                    .until(() -> evaluate("document.readyState + location.href").equals("complete" + address));
        }

        /** Presses the mouse on the only element that fits. */
        public void click(String selector) {
            JsonNode place = JSON.readTree(evaluate("(() => {const all = document.querySelectorAll('" + selector
                    + "'); const r = all[0].getBoundingClientRect();"
                    + " return JSON.stringify({count: all.length, x: r.x + r.width / 2, y: r.y + r.height / 2})})()"));
            if (place.get("count").asInt() != 1) {
                throw new AssertionError(selector + ": " + place);
            }
            for (String type : List.of("mousePressed", "mouseReleased")) {
                ask(
                        "Input.dispatchMouseEvent",
                        session,
                        Map.of(
                                "type",
                                type,
                                "button",
                                "left",
                                "clickCount",
                                1,
                                "x",
                                place.get("x").asDouble(),
                                "y",
                                place.get("y").asDouble()));
            }
        }

        /** What an expression of JavaScript says, as text. */
        public String evaluate(String expression) {
            return ask("Runtime.evaluate", session, Map.of("expression", expression))
                    .path("result")
                    .path("value")
                    .asString("");
        }

        /** The heading, once it is this one. */
        public void awaitHeading(String heading) {
            Awaitility.await("the heading " + heading)
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IllegalStateException.class) // between two pages
                    .until(() -> evaluate("document.querySelector('h1')?.textContent")
                            .equals(heading));
        }

        /** Leaves a picture of the page. */
        public void picture(Path png) throws IOException {
            Files.createDirectories(png.toAbsolutePath().getParent());
            String data =
                    ask("Page.captureScreenshot", session, Map.of()).get("data").asString();
            Files.write(png, Base64.getDecoder().decode(data));
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = JSON.readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> asker =
                        answers.remove(message.path("id").asInt(0));
                if (asker != null) {
                    asker.complete(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
