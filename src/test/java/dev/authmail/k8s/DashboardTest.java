package dev.authmail.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard is one that Grafana can provision: whole, without overlaps, from the data source that its reader picks. */
class DashboardTest {
    private static final Set<String> KINDS = Set.of("row", "stat", "timeseries");
    private static final int COLUMNS = 24;

    private static JsonNode dashboard;

    @BeforeAll
    static void read() {
        dashboard = JsonMapper.shared().readTree(Path.of("k8s/components/monitoring/dashboard.json"));
    }

    @Test
    void itsReaderPicksTheDataSource() {
        assertThat(variable("datasource").get("type").asString()).isEqualTo("datasource");
        assertThat(variable("datasource").get("query").asString()).isEqualTo("prometheus");
        assertThat(variable("namespace").get("query").get("query").asString())
                .isEqualTo("label_values(authmail_in_flight, namespace)");
        List<String> sources = dashboard.findValuesAsString("uid");
        sources.remove("authmail");
        assertThat(sources).hasSizeGreaterThan(40).containsOnly("${datasource}");
    }

    @Test
    void everyPanelAsksTheNamespaceThatIsPickedAndSaysWhatItShows() {
        for (JsonNode panel : panels()) {
            String title = panel.get("title").asString();
            assertThat(KINDS).as(title).contains(panel.get("type").asString());
            if (panel.get("type").asString().equals("row")) {
                continue;
            }
            assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                    .as(title)
                    .isNotEmpty();
            assertThat(panel.get("targets")).as(title).isNotEmpty().allSatisfy(target -> {
                assertThat(target.get("expr").asString()).contains("namespace=~\"$namespace\"");
                assertThat(target.get("legendFormat").asString()).isNotEmpty();
            });
            assertThat(panel.get("targets").findValuesAsString("refId"))
                    .as(title)
                    .doesNotHaveDuplicates();
        }
        assertThat(panels()).extracting(p -> p.get("id").asInt()).doesNotHaveDuplicates();
    }

    @Test
    void noPanelCoversAnother() {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : panels()) {
            JsonNode at = panel.get("gridPos");
            int x = at.get("x").asInt();
            int y = at.get("y").asInt();
            assertThat(x + at.get("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int i = x; i < x + at.get("w").asInt(); i++) {
                for (int j = y; j < y + at.get("h").asInt(); j++) {
                    assertThat(taken.add(i + "/" + j))
                            .as(panel.get("title").asString())
                            .isTrue();
                }
            }
        }
    }

    private static List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        assertThat(panels).hasSizeGreaterThan(20);
        return panels;
    }

    private static JsonNode variable(String name) {
        for (JsonNode variable : dashboard.at("/templating/list")) {
            if (variable.get("name").asString().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError("There is no variable " + name);
    }
}
