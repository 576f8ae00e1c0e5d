package dev.authmail.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle.Control;

/** The order in which languages are tried: {@code ja-JP → ja → default}. Tags are BCP 47. */
final class LanguageTags {
    private static final Control CHAIN = Control.getControl(Control.FORMAT_DEFAULT);

    private LanguageTags() {}

    /** The tags for a locale, the closest first, then those of the default locale. */
    static List<String> of(Locale locale, Locale defaultLocale) {
        List<String> tags = new ArrayList<>(chain(locale));
        tags.addAll(chain(defaultLocale));
        return tags.stream().distinct().toList();
    }

    private static List<String> chain(Locale locale) {
        return CHAIN.getCandidateLocales("templates", wellFormed(locale)).stream()
                .filter(candidate -> !candidate.equals(Locale.ROOT))
                .map(Locale::toLanguageTag)
                .toList();
    }

    /** Language, script and region alone; what is ill-formed is dropped, for a tag becomes part of a file name. */
    static Locale wellFormed(Locale locale) {
        Locale checked = Locale.forLanguageTag(locale.toLanguageTag());
        return new Locale.Builder()
                .setLanguage(checked.getLanguage())
                .setScript(checked.getScript())
                .setRegion(checked.getCountry())
                .build();
    }
}
