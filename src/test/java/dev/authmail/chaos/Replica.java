package dev.authmail.chaos;

import dev.authmail.testkit.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of the packaged jar. */
final class Replica implements AutoCloseable {
    /** More than Camel gives mails under way (45 s), as a pod has. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final Path JAR = Path.of(System.getProperty("jar.under.test", "target/authmail.jar"));
    private static final Duration START = Duration.ofMinutes(5);

    private final JavaProcess process;
    private final int port;

    private Replica(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and does not wait. */
    static Replica launch(Path folder, Map<String, String> environment, List<String> options) {
        int port = freePort();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        return new Replica(JavaProcess.start(folder, "authmail", variables, arguments), port);
    }

    Replica awaitStarted() {
        process.awaitOut("Started Authmail", START);
        return this;
    }

    /** A metric's value, summed over its labels; 0 when there is none. */
    double metric(String name) {
        Matcher lines = Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$").matcher(get("/actuator/prometheus"));
        double sum = 0;
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    String get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(process.out(), e);
        }
    }

    JavaProcess process() {
        return process;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
