package dev.authmail.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debian's promtool asks every query of the dashboard of series with the names and labels of docs/metrics.md, which
 * {@code HealthTest} holds against a running instance: what selects by a label that a metric does not have finds nothing.
 */
@Tag("real")
class DashboardIT {
    private static final Pattern ROW = Pattern.compile("\\| `(authmail_\\w+)` \\| (\\w+) \\| ([^|]*)\\|.*");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

    /** What panels ask labels for; other labels have any value. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "type", List.of("authmail.accepted", "authmail.bounced"),
            "kind", List.of("registrations", "retry"),
            "route", List.of("direct"),
            "failure", List.of("certificate-expired"),
            "status", List.of("warning"),
            "level", List.of("warn"),
            "area", List.of("heap"));

    /** Of Java and of Micrometer, not in the table. */
    private static final Map<String, List<String>> FOREIGN = Map.of(
            "jvm_memory_used_bytes", List.of("area", "id"),
            "logback_events_total", List.of("level"),
            "process_cpu_usage", List.of(),
            "system_cpu_count", List.of());

    @TempDir
    private Path folder;

    @Test
    void everyQueryFindsWhatTheServiceTells() throws Exception {
        List<Map<String, Object>> asked = queries().stream()
                .map(query -> Map.of(
                        "expr",
                        "count(" + query + ") > bool 0",
                        "eval_time",
                        "1h",
                        "exp_samples",
                        List.of(Map.of("labels", "{}", "value", 1))))
                .toList();
        assertThat(asked).hasSizeGreaterThan(30);
        Map<String, Object> cases = Map.of(
                "evaluation_interval",
                "1m",
                "tests",
                List.of(Map.of("interval", "1m", "input_series", series(), "promql_expr_test", asked)));
        Files.writeString(folder.resolve("queries.yaml"), JsonMapper.shared().writeValueAsString(cases));

        assertThat(ForeignProgram.run(
                        "promtool",
                        List.of(
                                "promtool",
                                "test",
                                "rules",
                                folder.resolve("queries.yaml").toString())))
                .contains("SUCCESS");
    }

    private static List<String> queries() {
        JsonNode dashboard = JsonMapper.shared().readTree(Path.of("k8s/components/monitoring/dashboard.json"));
        return dashboard.findValuesAsString("expr").stream()
                .map(query -> query.replace("$namespace", "mail").replace("$__rate_interval", "5m"))
                .toList();
    }

    private static List<Map<String, String>> series() throws Exception {
        Map<String, List<String>> labels = new LinkedHashMap<>(FOREIGN);
        Files.readString(Path.of("docs/metrics.md"))
                .lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .forEach(row -> add(row.group(1), row.group(2), words(row.group(3)), labels));
        List<Map<String, String>> series = new ArrayList<>();
        labels.forEach((name, names) -> selectors(names)
                .forEach(selector -> series.add(Map.of("series", name + selector, "values", "1+10x60"))));
        return series;
    }

    private static List<String> words(String cell) {
        return LABEL.matcher(cell).results().map(label -> label.group(1)).toList();
    }

    private static void add(String name, String type, List<String> names, Map<String, List<String>> labels) {
        switch (type) {
            case "histogram", "summary" -> {
                labels.put(name + "_sum", names);
                labels.put(name + "_count", names);
                if (type.equals("histogram")) {
                    labels.put(
                            name + "_bucket",
                            Stream.concat(names.stream(), Stream.of("le")).toList());
                }
            }
            default -> labels.put(name, names);
        }
    }

    /** One for each combination of values. */
    private static List<String> selectors(List<String> names) {
        List<String> selectors = List.of("{namespace=\"mail\", pod=\"authmail-0\"");
        for (String name : names) {
            List<String> values =
                    name.equals("le") ? List.of("10.0", "+Inf") : VALUES.getOrDefault(name, List.of("any"));
            selectors = selectors.stream()
                    .flatMap(begun -> values.stream().map(value -> begun + ", " + name + "=\"" + value + "\""))
                    .toList();
        }
        return selectors.stream().map(selector -> selector + "}").toList();
    }
}
