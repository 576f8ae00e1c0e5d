package dev.authmail.camel;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The ids of the routes in a file, as text; Camel's own model has already lost one of two that are the same. */
final class RouteIds {
    private RouteIds() {}

    static List<String> in(String yaml) {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException broken) {
            return List.of(); // the loader tells it better
        }
        List<?> items = document instanceof List<?> list ? list : List.of();
        return items.stream()
                .map(item -> item instanceof Map<?, ?> map ? map.get("route") : null)
                .map(route -> route instanceof Map<?, ?> map ? map.get("id") : null)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
