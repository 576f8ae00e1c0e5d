package dev.authmail.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of {@link FlowBench} is to do: {@code name=value} each, see {@code bench/README.md}.
 *
 * @param given the options that were given
 */
record FlowOptions(Map<String, String> given) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "scenarios", "near,far,latency,domains",
            "peers", "authmail,nodemailer,plain",
            "mails", "5000",
            "trials", "5",
            "warm", "12",
            "rate", "100",
            "seconds", "60",
            "chunking", "true",
            "jvm", "-Xmx128m -XX:+UseSerialGC",
            "set", "");

    static FlowOptions of(String[] args) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            if (parts.length < 2 || !DEFAULTS.containsKey(parts[0])) {
                throw new IllegalArgumentException(
                        arg + " is none of " + String.join("=, ", Set.copyOf(DEFAULTS.keySet())) + "=");
            }
            given.put(parts[0], parts[1]);
        }
        return new FlowOptions(given);
    }

    private String value(String name) {
        return given.getOrDefault(name, DEFAULTS.getOrDefault(name, ""));
    }

    int number(String name) {
        return Integer.parseInt(value(name));
    }

    List<String> list(String name) {
        return Arrays.stream(value(name).split(",")).toList();
    }

    /** Whether the sink offers CHUNKING. */
    boolean chunking() {
        return Boolean.parseBoolean(value("chunking"));
    }

    /** Options of authmail's JVM. */
    List<String> jvm() {
        return List.of(value("jvm").split(" "));
    }

    /** Settings of authmail, {@code name=value} with spaces between. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : value("set").split(" ")) {
            if (!setting.isEmpty()) {
                settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
            }
        }
        return settings;
    }
}
