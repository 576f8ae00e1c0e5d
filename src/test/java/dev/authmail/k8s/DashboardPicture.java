package dev.authmail.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Draws {@code docs/dashboard.svg}: the panels of the dashboard where Grafana puts them, with what a running Prometheus
 * answers to their queries. By hand: arguments are the URL of Prometheus, the last moment (RFC 3339) and the seconds
 * before it.
 */
final class DashboardPicture {
    private static final Path DASHBOARD = Path.of("k8s/components/monitoring/dashboard.json");
    private static final String RATE_INTERVAL = "15s";

    private final URI prometheus;
    private final Instant end;
    private final Duration span;
    private final HttpClient http = HttpClient.newHttpClient();

    private DashboardPicture(URI prometheus, Instant end, Duration span) {
        this.prometheus = prometheus;
        this.end = end;
        this.span = span;
    }

    public static void main(String[] args) throws Exception {
        DashboardPicture picture = new DashboardPicture(
                URI.create(args[0]), Instant.parse(args[1]), Duration.ofSeconds(Long.parseLong(args[2])));
        Files.writeString(Path.of("docs/dashboard.svg"), picture.draw());
    }

    private String draw() throws IOException, InterruptedException {
        JsonNode panels =
                JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels");
        PanelDrawing drawing = new PanelDrawing(end.minus(span), end);
        for (JsonNode panel : panels) {
            List<PanelDrawing.Line> lines = new ArrayList<>();
            for (JsonNode target : panel.path("targets")) {
                lines.addAll(lines(
                        target.get("expr").asString(),
                        target.get("legendFormat").asString()));
            }
            drawing.add(panel, lines);
        }
        return drawing.svg();
    }

    private List<PanelDrawing.Line> lines(String query, String legend) throws IOException, InterruptedException {
        String asked = query.replace("$namespace", ".*").replace("$__rate_interval", RATE_INTERVAL);
        Map<String, Object> parameters = Map.of(
                "query",
                asked,
                "start",
                end.minus(span),
                "end",
                end,
                "step",
                Math.max(1, span.toSeconds() / 150) + "s");
        String form = parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue().toString(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(prometheus.resolve("/api/v1/query_range"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        JsonNode answer = JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.path("status").asString("").equals("success")) {
            throw new IOException(asked + ": " + answer);
        }
        List<PanelDrawing.Line> lines = new ArrayList<>();
        for (JsonNode series : answer.get("data").get("result")) {
            TreeMap<Double, Double> points = new TreeMap<>();
            for (JsonNode point : series.get("values")) {
                double value = Double.parseDouble(point.get(1).asString());
                if (Double.isFinite(value)) {
                    points.put(point.get(0).asDouble(), value);
                }
            }
            lines.add(new PanelDrawing.Line(named(legend, series.get("metric")), points));
        }
        return lines;
    }

    private static String named(String legend, JsonNode labels) {
        String name = legend;
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            name = name.replace("{{" + label.getKey() + "}}", label.getValue().asString());
        }
        return name.replaceAll("\\{\\{\\w+}}", "").strip();
    }
}
