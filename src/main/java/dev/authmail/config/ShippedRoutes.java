package dev.authmail.config;

import dev.authmail.camel.RouteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The route files in the jar: those that always run, and those that run when they are named. */
final class ShippedRoutes {
    private static final String SUFFIX = ".camel.yaml";
    private static final Pattern NEEDS = Pattern.compile("(?m)^# Needs +([a-z-]+)\\.camel\\.yaml");

    private ShippedRoutes() {}

    static List<RouteFile> base() {
        return List.copyOf(read("").values());
    }

    /**
     * The optional files of these names, and those that they need.
     *
     * @throws SettingsException when there is none of that name
     */
    static List<RouteFile> optional(List<String> names) {
        Map<String, RouteFile> all = read("optional/");
        Map<String, RouteFile> chosen = new TreeMap<>();
        Deque<String> wanted = new ArrayDeque<>(names);
        while (!wanted.isEmpty()) {
            String name = wanted.pop();
            RouteFile file = all.get(name);
            if (file == null) {
                throw new SettingsException(
                        "authmail.routes.optional",
                        "there is no optional route " + name + "; there are " + all.keySet());
            }
            if (chosen.put(name, file) == null) {
                NEEDS.matcher(file.text()).results().forEach(needed -> wanted.push(needed.group(1)));
            }
        }
        return List.copyOf(chosen.values());
    }

    /** By name, without the ending. */
    private static Map<String, RouteFile> read(String folder) {
        Map<String, RouteFile> files = new TreeMap<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:routes/" + folder + "*" + SUFFIX)) {
                String name = String.valueOf(resource.getFilename());
                files.put(
                        name.substring(0, name.length() - SUFFIX.length()),
                        new RouteFile(
                                name,
                                resource.getContentAsString(StandardCharsets.UTF_8),
                                "the jar's routes/" + folder + name));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the route files in the jar cannot be read", e);
        }
        return files;
    }
}
