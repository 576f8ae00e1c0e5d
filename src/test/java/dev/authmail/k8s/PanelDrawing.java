package dev.authmail.k8s;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Panels of a Grafana dashboard as plain SVG: rows, numbers and lines, in a grid of 24 columns. */
final class PanelDrawing {
    private static final int COLUMN = 50;
    private static final int ROW = 22;
    private static final int GAP = 6;
    private static final int MARGIN = 12;
    private static final List<String> COLOURS =
            List.of("#3274d9", "#e0752d", "#56a64b", "#a352cc", "#c4162a", "#8a6d00", "#00788a", "#5f5f6b");
    private static final int MOST_NAMES = 6;

    private final double from;
    private final double to;
    private final StringBuilder drawn = new StringBuilder();
    private int bottom;

    /**
     * One series.
     *
     * @param name in the legend
     * @param points value by second since 1970
     */
    record Line(String name, NavigableMap<Double, Double> points) {}

    private record Box(int x, int y, int width, int height) {}

    PanelDrawing(Instant from, Instant to) {
        this.from = from.getEpochSecond();
        this.to = to.getEpochSecond();
    }

    void add(JsonNode panel, List<Line> lines) {
        JsonNode at = panel.get("gridPos");
        Box box = new Box(
                at.get("x").asInt() * COLUMN + GAP / 2,
                at.get("y").asInt() * ROW + GAP / 2,
                at.get("w").asInt() * COLUMN - GAP,
                at.get("h").asInt() * ROW - GAP);
        bottom = Math.max(bottom, box.y + box.height);
        String title = panel.get("title").asString();
        if (panel.get("type").asString().equals("row")) {
            text(box.x, box.y + 14, "start", "15", "#222", title);
            return;
        }
        drawn.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"#fff\" stroke=\"#d5d5dc\"/>%n"
                .formatted(box.x, box.y, box.width, box.height));
        text(box.x + MARGIN, box.y + 18, "start", "12", "#222", title);
        String unit = panel.path("fieldConfig").path("defaults").path("unit").asString("short");
        if (panel.get("type").asString().equals("stat")) {
            numbers(box, lines, unit);
        } else {
            graph(box, lines, unit);
        }
    }

    private void numbers(Box box, List<Line> lines, String unit) {
        int width = box.width / Math.max(1, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Map.Entry<Double, Double> last = lines.get(i).points().lastEntry();
            int x = box.x + width * i + width / 2;
            text(x, box.y + 66, "middle", "26", "#222", last == null ? "–" : said(last.getValue(), unit));
            text(x, box.y + 88, "middle", "11", "#666", lines.get(i).name());
        }
    }

    private void graph(Box box, List<Line> lines, String unit) {
        Box plot = new Box(box.x + 62, box.y + 30, box.width - 62 - MARGIN, box.height - 30 - 42);
        double most = lines.stream()
                .flatMap(line -> line.points().values().stream())
                .mapToDouble(v -> v)
                .max()
                .orElse(0);
        double top = most > 0 ? round(most) : 1;
        for (int i = 0; i <= 2; i++) {
            int y = plot.y + plot.height * i / 2;
            drawn.append("<path d=\"M%d %dh%d\" stroke=\"#e8e8ee\"/>%n".formatted(plot.x, y, plot.width));
            text(plot.x - 6, y + 4, "end", "10", "#666", said(top * (2 - i) / 2, unit));
        }
        int legend = plot.x;
        for (int i = 0; i < lines.size(); i++) {
            String colour = COLOURS.get(i % COLOURS.size());
            drawn.append("<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" d=\"%s\"/>%n"
                    .formatted(colour, path(lines.get(i), plot, top)));
            if (i < MOST_NAMES) {
                text(
                        legend,
                        box.y + box.height - 12,
                        "start",
                        "11",
                        colour,
                        lines.get(i).name());
                legend += 14 + lines.get(i).name().length() * 6;
            }
        }
        if (lines.isEmpty()) {
            text(plot.x + plot.width / 2, plot.y + plot.height / 2 + 4, "middle", "12", "#999", "No data");
        }
    }

    private String path(Line line, Box plot, double top) {
        return line.points().entrySet().stream()
                .map(point -> "%.0f %.1f"
                        .formatted(
                                plot.x + plot.width * (point.getKey() - from) / (to - from),
                                plot.y + plot.height * (1 - point.getValue() / top)))
                .collect(Collectors.joining("L", line.points().isEmpty() ? "" : "M", ""));
    }

    /** The next of 1, 2, 5 times a power of ten. */
    private static double round(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double times = most / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private static String said(double value, String unit) {
        return switch (unit) {
            case "percentunit" -> number(value * 100) + " %";
            case "s" -> value < 1 ? number(value * 1000) + " ms" : number(value) + " s";
            case "ops" -> number(value) + "/s";
            case "bytes" -> number(value / (1 << 20)) + " MiB";
            default -> number(value);
        };
    }

    private static String number(double value) {
        String pattern = value >= 100 || value == Math.rint(value) ? "%.0f" : value >= 1 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    private void text(int x, int y, String anchor, String size, String colour, String words) {
        drawn.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>%n"
                .formatted(
                        x, y, anchor, size, colour, words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    String svg() {
        int width = 24 * COLUMN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" role="img">
                <title>The Grafana dashboard: its panels with what Prometheus answered to their queries</title>
                <rect width="%1$d" height="%2$d" fill="#f4f5f8"/>
                """.formatted(width, bottom + GAP) + drawn + "</svg>\n";
    }
}
