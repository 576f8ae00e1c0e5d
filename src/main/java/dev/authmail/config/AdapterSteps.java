package dev.authmail.config;

import dev.authmail.camel.MapEvent;
import dev.authmail.camel.TakeHook;
import dev.authmail.event.StrictJson;
import dev.authmail.mapping.EventMapping;
import dev.authmail.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The steps of adapter routes, named by the settings and files that make them: {@code map-<mapping>} and {@code
 * hook-<hook>}.
 */
final class AdapterSteps {
    private static final String SUFFIX = ".yaml";

    private final AuthmailSettings settings;
    private final Clock clock;

    AdapterSteps(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws SettingsException when a mapping or a hook is wrong */
    void bind(Registry registry) {
        var json =
                new StrictJson(Math.toIntExact(settings.kafka().maxEventSize().toBytes()));
        mappings().forEach((name, mapping) -> registry.bind("map-" + name, new MapEvent(mapping, json)));
        settings.http().hooks().forEach((name, hook) -> {
            WebhookVerifier verifier = verifier(name, hook);
            if (verifier != null) {
                registry.bind("hook-" + name, new TakeHook(name, verifier, clock));
            }
        });
    }

    private @Nullable WebhookVerifier verifier(String name, AuthmailSettings.Http.Hook hook) {
        String setting = "authmail.http.hooks." + name + ".secret-file";
        Path file = hook.secretFile();
        if (file == null || file.toString().isEmpty()) {
            if (settings.routes().optional().contains(name)) {
                throw new SettingsException(
                        setting, "is missing, yet the route " + name + " is on; name the file that holds the secret");
            }
            return null;
        }
        try {
            String secret = Files.readString(file);
            return Checked.setting(setting, () -> WebhookVerifier.of(hook.verification(), secret, clock));
        } catch (IOException unreadable) {
            throw new SettingsException(setting, file + " cannot be read; mount the Secret there");
        }
    }

    private Map<String, EventMapping> mappings() {
        Map<String, EventMapping> mappings = new TreeMap<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:mappings/*" + SUFFIX)) {
                String name = name(String.valueOf(resource.getFilename()));
                String text = resource.getContentAsString(StandardCharsets.UTF_8);
                mappings.put(name, EventMapping.read(name, "the jar's mappings/" + name + SUFFIX, text));
            }
            for (Path file : edited()) {
                String name = name(file.getFileName().toString());
                String text = Files.readString(file);
                mappings.put(
                        name,
                        Checked.setting(
                                "authmail.adapters.mappings", () -> EventMapping.read(name, file.toString(), text)));
            }
        } catch (IOException e) {
            throw new SettingsException("authmail.adapters.mappings", "a mapping cannot be read as UTF-8 text");
        }
        return mappings;
    }

    private List<Path> edited() throws IOException {
        Path folder = settings.adapters().mappings();
        if (folder == null || folder.toString().isEmpty()) {
            return List.of();
        }
        if (!Files.isDirectory(folder)) {
            throw new SettingsException("authmail.adapters.mappings", folder + " is not a folder");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().matches("[a-z0-9][a-z0-9-]*\\.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(String file) {
        return file.substring(0, file.length() - SUFFIX.length());
    }
}
