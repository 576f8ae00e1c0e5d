package dev.authmail.e2e;

import dev.authmail.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OCI archive, unpacked and started as a container runtime does it, by Linux alone: a mount namespace with the unpacked
 * layers as a read-only root, a {@code tmpfs} on /tmp, the user, environment and entry point of the image's configuration,
 * no capability, no new privileges. The network is that of the tests. Needs root.
 */
final class Image {
    private static final JsonMapper JSON = new JsonMapper();

    /** What runtimes mount beside the layers, and a folder with keys; then the program takes this process over. */
    private static final String ENTER = """
            set -e
            root=$1 folder=$2; shift 2
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            mkdir -p "$root$folder"
            mount --bind "$folder" "$root$folder"
            mount -o remount,ro,bind "$root"
            exec setpriv --no-new-privs env -i "$@"
            """;

    private final Path root;
    private final JsonNode config;

    private Image(Path root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    /** Unpacks its layers, the lowest first, into a folder. */
    static Image unpack(Path archive, Path folder) throws IOException, InterruptedException {
        Path layout = Files.createDirectory(folder.resolve("layout"));
        Path root = Files.createDirectory(folder.resolve("root"));
        untar(archive.toAbsolutePath(), layout);
        JsonNode index = JSON.readTree(layout.resolve("index.json"));
        JsonNode manifest =
                JSON.readTree(blob(layout, digest(index.path("manifests").path(0))));
        for (JsonNode layer : manifest.path("layers")) {
            untar(blob(layout, digest(layer)), root);
        }
        for (String mountPoint : List.of("proc", "dev")) {
            Files.createDirectories(root.resolve(mountPoint));
        }
        Files.copy(Path.of("/etc/hosts"), root.resolve("etc/hosts"));
        JsonNode image = JSON.readTree(blob(layout, digest(manifest.path("config"))));
        return new Image(root, image.path("config"));
    }

    private static String digest(JsonNode descriptor) {
        return descriptor.path("digest").asString();
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static void untar(Path archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder(
                        "tar",
                        "--extract",
                        "--preserve-permissions",
                        "--numeric-owner",
                        "--warning=no-unknown-keyword",
                        "--file",
                        archive.toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException(archive + " cannot be unpacked");
        }
    }

    /**
     * Starts its entry point.
     *
     * @param folder which it sees at the same place, and may read
     * @param environment beside the image's
     * @param arguments of the program
     */
    JavaProcess start(Path folder, Map<String, String> environment, String... arguments) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        for (JsonNode variable : config.path("Env")) {
            String[] parts = variable.asString().split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "bash", "-c", ENTER, "enter", root.toString(), folder.toString()));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("/usr/sbin/chroot", "--userspec=" + user(), "--groups=", root.toString()));
        config.path("Entrypoint").forEach(word -> command.add(word.asString()));
        command.addAll(List.of(arguments));
        return JavaProcess.startCommand(folder, "image", Map.of(), command);
    }

    /** {@code 10001:10001}. */
    String user() {
        return config.path("User").asString();
    }

    /** The ports that it says it listens on, such as {@code 8081/tcp}. */
    Set<String> ports() {
        return Set.copyOf(config.path("ExposedPorts").propertyNames());
    }

    Path root() {
        return root;
    }
}
