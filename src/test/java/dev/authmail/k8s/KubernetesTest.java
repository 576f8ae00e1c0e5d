package dev.authmail.k8s;

import static dev.authmail.k8s.Manifests.at;
import static dev.authmail.k8s.Manifests.container;
import static dev.authmail.k8s.Manifests.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under k8s/ fit the application and one another. */
class KubernetesTest {
    private static final String PRODUCTION = "k8s/overlays/production/application.yaml";
    private static final Path KAFKA_USER = Path.of("k8s/overlays/production/kafka-user.yaml");

    private static Object deployment;
    private static Object application;

    @BeforeAll
    static void read() throws IOException {
        deployment = Manifests.read(Manifests.DEPLOYMENT);
        application = Manifests.load(Files.readString(Path.of("src/main/resources/application.yaml")));
    }

    @Test
    void routesAreThoseOfTheRepository() throws IOException {
        Object configMap = Manifests.read(Manifests.ROUTES);

        assertThat(at(configMap, "metadata", "name")).isEqualTo("authmail-routes");
        assertThat(at(configMap, "data"))
                .as(
                        "k8s/base/%s is not what stands in routes/; run k8s/routes-configmap to write it anew",
                        Manifests.ROUTES)
                .isEqualTo(Manifests.routeFiles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base/20-application.yaml", "k8s/overlays/dev/application.yaml", PRODUCTION})
    void everySettingIsOneOfTheApplication(Path settings) throws IOException {
        Set<String> known = new TreeSet<>();
        keys(application, "", known);
        Set<String> used = new TreeSet<>();
        keys(Manifests.load(Files.readString(settings)), "", used);
        used.removeIf(name -> name.startsWith("authmail.kafka.properties.") || name.startsWith("spring.config"));

        assertThat(used).contains("authmail.link.origin").isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base/20-application.yaml", "k8s/overlays/dev/application.yaml", PRODUCTION})
    void everyPathInTheSettingsLiesInAVolume(Path settings) throws IOException {
        List<String> mounts = Stream.of(deployment, Manifests.load(Files.readString(KAFKA_USER)))
                .flatMap(d -> list(container(d), "volumeMounts").stream())
                .map(mount -> at(mount, "mountPath") + "/")
                .toList();
        List<String> paths = values(Manifests.load(Files.readString(settings)))
                .map(String::valueOf)
                .filter(value -> value.startsWith("/etc/"))
                .toList();

        assertThat(paths)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(path -> assertThat(mounts).as(path).anyMatch((path + "/")::startsWith));
    }

    /** What a component puts into the pod: settings that there are, paths that it or the base mounts, volumes for its mounts. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            code,          AUTHMAIL_LINK_CODE_KEYS,    /etc/authmail/keys/code
            http,          AUTHMAIL_HTTP_PORT,         8080
            postfix-relay, AUTHMAIL_SMTP_CABUNDLE,     /etc/authmail/relay-ca/ca.crt
            """)
    void whatAComponentAddsFitsTogether(String component, String setting, String value) throws IOException {
        Object kustomization =
                Manifests.load(Files.readString(Path.of("k8s/components", component, "kustomization.yaml")));
        List<Object> patched = list(kustomization, "patches").stream()
                .map(patch -> Manifests.load((String) at(patch, "patch")))
                .toList();
        Map<String, String> environment = new TreeMap<>();
        maps(patched)
                .filter(node -> String.valueOf(node.get("name")).startsWith("AUTHMAIL_"))
                .forEach(node -> environment.put((String) node.get("name"), String.valueOf(node.get("value"))));
        Set<String> known = new TreeSet<>();
        keys(application, "", known);
        List<Map<?, ?>> mounts = maps(List.of(patched, deployment))
                .filter(node -> node.containsKey("mountPath"))
                .toList();

        assertThat(environment).containsEntry(setting, value);
        assertThat(environment.keySet())
                .isSubsetOf(known.stream().map(KubernetesTest::variable).toList());
        assertThat(environment.values())
                .filteredOn(path -> path.startsWith("/"))
                .allSatisfy(path -> assertThat(mounts)
                        .as(path)
                        .anyMatch(mount -> (path + "/").startsWith(mount.get("mountPath") + "/")));
        assertThat(maps(patched).filter(node -> node.containsKey("mountPath")).map(node -> node.get("name")))
                .as("mounts, of which each is a volume of the component")
                .isEqualTo(maps(patched)
                        .filter(node -> node.containsKey("secret"))
                        .map(node -> node.get("name"))
                        .toList());
    }

    /** A setting as an environment variable, as Spring Boot reads it. */
    private static String variable(String setting) {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Stream<Map<?, ?>> maps(Object node) {
        return switch (node) {
            case Map<?, ?> map ->
                Stream.concat(Stream.of(map), map.values().stream().flatMap(KubernetesTest::maps));
            case List<?> list -> list.stream().flatMap(KubernetesTest::maps);
            case null -> Stream.empty();
            default -> Stream.empty();
        };
    }

    @Test
    void everyMountHasItsVolumeAndEveryVolumeItsMount() {
        assertThat(names(list(container(deployment), "volumeMounts")))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(names(list(deployment, "spec", "template", "spec", "volumes")));
    }

    @Test
    void everyConfigMapThatIsMountedIsHere() throws IOException {
        Set<Object> here = new TreeSet<>();
        here.add(at(Manifests.read(Manifests.ROUTES), "metadata", "name"));
        list(Manifests.read("kustomization.yaml"), "configMapGenerator").forEach(map -> here.add(at(map, "name")));
        assertThat(list(deployment, "spec", "template", "spec", "volumes").stream()
                        .filter(volume -> ((Map<?, ?>) volume).containsKey("configMap"))
                        .map(volume -> at(volume, "configMap"))
                        .toList())
                .extracting(configMap -> at(configMap, "name"))
                .containsExactlyInAnyOrderElementsOf(here);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            startupProbe,   /actuator/health/liveness
            livenessProbe,  /actuator/health/liveness
            readinessProbe, /actuator/health/readiness
            """)
    void probesAskWhatTheApplicationAnswers(String probe, String path) {
        assertThat(at(container(deployment), probe, "httpGet"))
                .isEqualTo(Map.of("path", path, "port", at(port(), "name")));
        assertThat(at(application, "management", "endpoint", "health", "probes", "enabled"))
                .isEqualTo(true);
    }

    @Test
    void thePortIsTheOneTheApplicationListensOn() {
        assertThat(at(port(), "containerPort")).isEqualTo(at(application, "management", "server", "port"));
    }

    @Test
    void everyResourceFileIsListed() throws IOException {
        Object kustomization = Manifests.read("kustomization.yaml");
        try (Stream<Path> files = Files.list(Manifests.FOLDER)) {
            List<String> resources = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .filter(name -> !name.equals("kustomization.yaml") && !name.equals(Manifests.SETTINGS))
                    .sorted()
                    .toList();
            assertThat(kustomization).extracting(k -> list(k, "resources")).isEqualTo(resources);
        }
    }

    /** Pod Security Standards, profile "restricted", and a root file system that cannot be written. */
    @Test
    void thePodIsRestricted() {
        Object pod = at(deployment, "spec", "template", "spec", "securityContext");
        assertThat(at(pod, "runAsNonRoot")).isEqualTo(true);
        assertThat((int) at(pod, "runAsUser")).isPositive();
        assertThat(at(pod, "seccompProfile")).isEqualTo(Map.of("type", "RuntimeDefault"));
        assertThat(list(deployment, "spec", "template", "spec", "containers")).hasSize(1);
        assertThat(at(container(deployment), "securityContext"))
                .isEqualTo(Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))));
    }

    @Test
    void thePodMayLiveUntilRoutesHaveShutDown() {
        int shutdown = (int) at(application, "camel", "main", "shutdown-timeout");

        assertThat((int) at(deployment, "spec", "template", "spec", "terminationGracePeriodSeconds"))
                .isGreaterThan(shutdown);
    }

    @Test
    void theOperatorsPageIsOffInProduction() throws IOException {
        Object production = Manifests.load(Files.readString(Path.of(PRODUCTION)));

        assertThat(at(production, "management", "endpoint", "operator", "access"))
                .isEqualTo("none");
        assertThat(at(application, "management", "endpoint", "operator", "access"))
                .isEqualTo("read-only");
    }

    private static Object port() {
        return list(container(deployment), "ports").getFirst();
    }

    private static List<String> names(List<?> nodes) {
        return nodes.stream().map(node -> (String) at(node, "name")).toList();
    }

    /** Full names, also of what has further names below it. */
    private static void keys(Object node, String prefix, Set<String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                into.add(prefix + key);
                keys(value, prefix + key + ".", into);
            });
        }
    }

    private static Stream<?> values(Object node) {
        return switch (node) {
            case Map<?, ?> map -> map.values().stream().flatMap(KubernetesTest::values);
            case List<?> list -> list.stream().flatMap(KubernetesTest::values);
            default -> Stream.of(node);
        };
    }
}
