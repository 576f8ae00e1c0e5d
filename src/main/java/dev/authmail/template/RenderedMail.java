package dev.authmail.template;

import java.util.Locale;

/**
 * A mail in words, not yet a message.
 *
 * @param subject one line, no control characters
 * @param text the plain text
 * @param html the same in HTML
 * @param locale the language of the templates that were used, which need not be the one asked for
 */
public record RenderedMail(String subject, String text, String html, Locale locale) {
    /** Without the contents: they hold the auth URL. */
    @Override
    public String toString() {
        return "RenderedMail[" + locale.toLanguageTag() + "]";
    }
}
