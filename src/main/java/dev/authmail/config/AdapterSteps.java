package dev.authmail.config;

import dev.authmail.camel.ConfirmSubscription;
import dev.authmail.camel.MapEvent;
import dev.authmail.camel.TakeHook;
import dev.authmail.camel.TakeProviderReports;
import dev.authmail.event.StrictJson;
import dev.authmail.mapping.EventMapping;
import dev.authmail.mapping.ReportMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The steps of adapter routes, named by the settings and files that make them: {@code map-<mapping>}, {@code
 * reports-<mapping>}, {@code hook-<hook>}, {@code confirm-<hook>}.
 */
final class AdapterSteps {
    private static final String SHIPPED_EVENTS = "mappings/";
    private static final String SHIPPED_REPORTS = "mappings/reports/";
    private static final Pattern EVENTS = Pattern.compile("([a-z0-9][a-z0-9-]*)\\.yaml");
    private static final Pattern REPORTS = Pattern.compile("([a-z0-9][a-z0-9-]*)\\.reports\\.yaml");

    private final AuthmailSettings settings;
    private final HookSenders senders;
    private final Clock clock;

    AdapterSteps(AuthmailSettings settings, HookSenders senders, Clock clock) {
        this.settings = settings;
        this.senders = senders;
        this.clock = clock;
    }

    /** @throws SettingsException when a mapping or a hook is wrong */
    void bind(Registry registry) {
        var json =
                new StrictJson(Math.toIntExact(settings.kafka().maxEventSize().toBytes()));
        read(SHIPPED_EVENTS, EVENTS, EventMapping::read)
                .forEach((name, mapping) -> registry.bind("map-" + name, new MapEvent(mapping, json)));
        settings.http().hooks().forEach((name, hook) -> {
            senders.of(name, hook)
                    .ifPresent(sender -> registry.bind("hook-" + name, new TakeHook(name, sender, clock)));
            senders.subscription(name, hook)
                    .ifPresent(asked -> registry.bind("confirm-" + name, new ConfirmSubscription(asked)));
        });
        reports(registry);
    }

    private void reports(Registry registry) {
        var json = new StrictJson(Math.toIntExact(settings.http().maxBody().toBytes()));
        read(SHIPPED_REPORTS, REPORTS, (name, place, text) -> ReportMapping.read(place, text))
                .forEach((name, mapping) ->
                        registry.bind("reports-" + name, new TakeProviderReports(name, mapping, json)));
    }

    /** Makes a mapping of a file's text. */
    private interface Reading<T> {
        T of(String name, String place, String text);
    }

    /**
     * Mappings by name: the shipped ones, and the user's own in the place of those and beside them.
     *
     * @param shipped where those in the jar are
     * @param edited the names of the user's own files; its group is the mapping's name
     */
    private <T> Map<String, T> read(String shipped, Pattern edited, Reading<T> reading) {
        Map<String, T> mappings = new TreeMap<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + shipped + "*.yaml")) {
                String file = String.valueOf(resource.getFilename());
                String name = file.substring(0, file.length() - ".yaml".length());
                String text = resource.getContentAsString(StandardCharsets.UTF_8);
                mappings.put(name, reading.of(name, "the jar's " + shipped + file, text));
            }
            for (Path file : edited()) {
                Matcher named = edited.matcher(file.getFileName().toString());
                if (named.matches()) {
                    String name = named.group(1);
                    String text = Files.readString(file);
                    mappings.put(
                            name,
                            Checked.setting(
                                    "authmail.adapters.mappings", () -> reading.of(name, file.toString(), text)));
                }
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
            return entries.sorted().toList();
        }
    }
}
