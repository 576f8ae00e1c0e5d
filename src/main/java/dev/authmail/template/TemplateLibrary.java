package dev.authmail.template;

import dev.authmail.template.Rendering.Failed;
import dev.authmail.template.TemplateSet.Broken;
import dev.authmail.template.TemplateSet.Ready;
import freemarker.cache.StringTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.io.IOException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All templates as they stood at one moment, parsed. Immutable: a mail is rendered from one state of the files, and a
 * made-up locale costs a look-up and no memory.
 */
final class TemplateLibrary {
    private static final Version VERSION = Configuration.VERSION_2_3_34;

    private final Map<SetKey, TemplateSet> sets;
    private final List<String> problems;

    private TemplateLibrary(Map<SetKey, TemplateSet> sets, List<String> problems) {
        this.sets = Map.copyOf(sets);
        this.problems = List.copyOf(problems);
    }

    /**
     * Parses and tries every set. A set that is broken is replaced by the one that worked before, if there is one.
     *
     * @param texts template text by path
     */
    static TemplateLibrary load(Map<String, String> texts, ZoneId zone, @Nullable TemplateLibrary before) {
        Configuration configuration = configuration(texts);
        Map<SetKey, TemplateSet> sets = new HashMap<>();
        Map<String, String> problems = new TreeMap<>();
        texts.keySet().stream()
                .flatMap(path -> SetKey.of(path).stream())
                .distinct()
                .forEach(key -> {
                    TemplateSet set = read(key, configuration, texts, zone);
                    if (set instanceof Broken(Failed why)) {
                        problems.put(why.template(), why.detail());
                    }
                    sets.put(key, set instanceof Broken && before != null ? before.readyOr(key, set) : set);
                });
        return new TemplateLibrary(
                sets,
                problems.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .toList());
    }

    private TemplateSet readyOr(SetKey key, TemplateSet broken) {
        return sets.getOrDefault(key, broken) instanceof Ready ready ? ready : broken;
    }

    private static TemplateSet read(SetKey key, Configuration configuration, Map<String, String> texts, ZoneId zone) {
        Map<Part, Template> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            String path = part.path(key.purpose(), key.tag());
            if (!texts.containsKey(path)) {
                return new Broken(new Failed(path, "is missing; a language needs subject, text and html"));
            }
            try {
                parts.put(part, configuration.getTemplate(path));
            } catch (IOException e) {
                return new Broken(TemplateFault.unreadable(path, e));
            }
        }
        Ready ready = new Ready(key, parts, new SpareBuffers());
        Failed failed = ready.trial(zone);
        return failed == null ? ready : new Broken(failed);
    }

    private static Configuration configuration(Map<String, String> texts) {
        StringTemplateLoader loader = new StringTemplateLoader();
        texts.forEach(loader::putTemplate);
        Configuration configuration = new Configuration(VERSION);
        configuration.setTemplateLoader(loader);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setLocalizedLookup(false);
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        // Strings in, strings out: a template reaches no Java object, no class and no API.
        configuration.setObjectWrapper(new SimpleObjectWrapper(VERSION));
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        // An #attempt would otherwise log what it swallowed, values included.
        configuration.setAttemptExceptionReporter((exception, environment) -> {});
        return configuration;
    }

    /** The set for the first of the tags that has one. */
    Optional<TemplateSet> find(String purpose, List<String> tags) {
        return tags.stream()
                .flatMap(tag -> Optional.ofNullable(sets.get(new SetKey(purpose, tag))).stream())
                .findFirst();
    }

    /** What is wrong with the files, one sentence each, without secrets. */
    List<String> problems() {
        return problems;
    }

    /** The purposes that have templates in any language. */
    List<String> purposes() {
        return sets.keySet().stream().map(SetKey::purpose).distinct().sorted().toList();
    }

    /** The languages that a purpose has templates in, sorted by tag. */
    List<Locale> languages(String purpose) {
        return sets.keySet().stream()
                .filter(key -> key.purpose().equals(purpose))
                .map(SetKey::tag)
                .sorted()
                .map(Locale::forLanguageTag)
                .toList();
    }
}
