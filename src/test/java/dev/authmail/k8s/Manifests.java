package dev.authmail.k8s;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The files of the base, the routes they carry, and the way into their YAML. */
final class Manifests {
    static final Path FOLDER = Path.of("k8s/base");
    static final Path STRIMZI = Path.of("k8s/strimzi");
    static final String DEPLOYMENT = "40-deployment.yaml";
    static final String ROUTES = "30-configmap-routes.yaml";
    static final String SETTINGS = "20-application.yaml";

    private Manifests() {}

    static Object read(String file) throws IOException {
        return load(Files.readString(FOLDER.resolve(file)));
    }

    static Object load(String yaml) {
        return new Yaml().load(yaml);
    }

    /** Every document of a file that holds several. */
    static Stream<Object> loadAll(String yaml) {
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false);
    }

    /** What stands at a path of keys; an absent key is named. */
    static Object at(Object node, String... path) {
        for (String key : path) {
            node = requireNonNull(((Map<?, ?>) node).get(key), () -> "There is no " + String.join(".", path));
        }
        return node;
    }

    static List<?> list(Object node, String... path) {
        return (List<?>) at(node, path);
    }

    static Object container(Object deployment) {
        return list(deployment, "spec", "template", "spec", "containers").getFirst();
    }

    /** Every route file of the repository by name. */
    static Map<String, String> routeFiles() throws IOException {
        Map<String, String> routes = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                routes.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return routes;
    }
}
