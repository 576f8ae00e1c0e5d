package dev.authmail.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Debian's promtool reads the alert rules and plays the cases of alerts-test.yaml against them. */
@Tag("real")
class AlertsIT {
    private static final Path CASES = Path.of("src/test/resources/k8s/alerts-test.yaml");

    @TempDir
    private Path folder;

    @BeforeEach
    void bareRules() throws Exception {
        Object resource = Manifests.load(Files.readString(Path.of("k8s/components/monitoring/prometheusrule.yaml")));
        Files.writeString(folder.resolve("rules.yaml"), new Yaml().dump(Manifests.at(resource, "spec")));
        Files.copy(CASES, folder.resolve("alerts-test.yaml"));
    }

    @Test
    void prometheusKnowsEveryExpression() throws Exception {
        assertThat(promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.yaml"))
                .contains("SUCCESS");
    }

    @Test
    void alertsFireWhenTheyShouldAndNotBefore() throws Exception {
        assertThat(promtool("test", "rules", "alerts-test.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlertHasACase() throws Exception {
        Object resource = Manifests.load(Files.readString(Path.of("k8s/components/monitoring/prometheusrule.yaml")));
        String cases = Files.readString(CASES);
        for (Object group : Manifests.list(resource, "spec", "groups")) {
            for (Object rule : Manifests.list(group, "rules")) {
                assertThat(cases).contains("alertname: " + Manifests.at(rule, "alert") + "\n");
            }
        }
    }

    private String promtool(String... arguments) throws Exception {
        String command = "cd '%s' && promtool %s".formatted(folder, String.join(" ", arguments));
        return ForeignProgram.run("promtool", List.of("bash", "-c", command));
    }
}
