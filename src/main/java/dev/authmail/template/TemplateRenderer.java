package dev.authmail.template;

import dev.authmail.template.Rendering.Failed;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into templates. A mail is made of three files, {@code <purpose>/subject_<tag>.ftl},
 * {@code <purpose>/text_<tag>.ftl} and {@code <purpose>/html_<tag>.ftlh}; each is taken from the user's folder, else from
 * the jar. Thread-safe; files that change are taken up within seconds, and a broken change is not taken up.
 */
public final class TemplateRenderer {
    private final LiveTemplates templates;
    private final Locale defaultLocale;
    private final ZoneId zone;

    /**
     * @param folder the user's templates, or null for the shipped ones alone
     * @param defaultLocale the language for readers whose own has no templates
     * @param zone the time zone in which the end of the link is told
     * @throws IllegalArgumentException when the folder cannot be read
     */
    public TemplateRenderer(@Nullable Path folder, Locale defaultLocale, ZoneId zone, Clock clock) {
        this.templates = new LiveTemplates(folder == null ? null : new TemplateFolder(folder), zone, clock);
        this.defaultLocale = defaultLocale;
        this.zone = zone;
    }

    /** Renders in the closest language: {@code ja-JP → ja → default}. */
    public Rendering render(MailModel model) {
        return templates
                .library()
                .find(model.purpose(), LanguageTags.of(model.locale(), defaultLocale))
                .map(set -> set.render(model, zone))
                .orElseGet(() -> new Failed(model.purpose(), "has no templates in " + languages(model.locale())));
    }

    private String languages(Locale locale) {
        return String.join(", ", LanguageTags.of(locale, defaultLocale));
    }

    /**
     * What is wrong with the templates, one sentence each, naming the file and the line; empty when all is well. At the
     * start every sentence is a reason not to start; later it tells of a change that was not taken up.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(templates.problems());
        for (String purpose : purposes()) {
            if (!canRender(purpose)) {
                problems.add(purpose + ": has no templates in the default language, "
                        + LanguageTags.wellFormed(defaultLocale).toLanguageTag());
            }
        }
        return List.copyOf(problems);
    }

    private boolean canRender(String purpose) {
        return templates
                .library()
                .find(purpose, LanguageTags.of(defaultLocale, defaultLocale))
                .isPresent();
    }

    /** The purposes that have templates, sorted. */
    public List<String> purposes() {
        return templates.library().purposes();
    }

    /** The languages that a purpose has templates in, sorted by tag. */
    public List<Locale> languages(String purpose) {
        return templates.library().languages(purpose);
    }
}
