package dev.authmail.landing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.landing.LandingPage.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The page as HTML, in English or Japanese: one style sheet of its own, no script, nothing from elsewhere. */
public final class LandingHtml {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.JAPANESE);
    private static final int MAX_HEADER_CHARS = 256;

    private final String page = resource("page.html");
    private final String style = resource("page.css");
    private final Map<String, Properties> texts = new TreeMap<>();
    private final String product;
    private final String origin;

    /**
     * @param product the name of the service, as readers know it
     * @param origin where {@code next} leads, without a slash at the end
     */
    public LandingHtml(String product, String origin) {
        this.product = product;
        this.origin = origin;
        LANGUAGES.forEach(language -> texts.put(language.getLanguage(), texts(language.getLanguage())));
    }

    /** The best of our languages for an {@code Accept-Language} field. RFC 9110 §12.5.4, RFC 4647 §3.4. */
    public String language(@Nullable String accepted) {
        if (accepted == null || accepted.length() > MAX_HEADER_CHARS) {
            return "en";
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
            return found == null ? "en" : found.getLanguage();
        } catch (IllegalArgumentException notAField) {
            return "en";
        }
    }

    /**
     * The page.
     *
     * @param visit what it answers
     * @param language one of {@link #language}
     * @param query the link's, raw; it goes back to us with the click
     */
    public String render(Visit visit, String language, String query) {
        Properties words = Objects.requireNonNull(texts.get(language), language);
        String name = name(visit);
        String html = page.replace("{{style}}", style)
                .replace("{{language}}", language)
                .replace("{{title}}", escaped(words.getProperty(name + ".title")))
                .replace("{{text}}", escaped(words.getProperty(name + ".text").replace("{product}", product)));
        return html.replace("{{action}}", action(visit, words, query));
    }

    private String action(Visit visit, Properties words, String query) {
        if (visit instanceof Visit.Ask) {
            return "<form method=\"post\" action=\"?" + escaped(query) + "\"><button>"
                    + escaped(words.getProperty("ask.button")) + "</button></form>";
        }
        return LandingPage.next(visit)
                .map(next -> "<p><a href=\"" + escaped(origin + next) + "\">" + escaped(words.getProperty("continue"))
                        + "</a></p>")
                .orElse("");
    }

    private static String name(Visit visit) {
        return switch (visit) {
            case Visit.Ask ask -> "ask";
            case Visit.Redeem redeem -> "confirmed";
            case Visit.Confirmed confirmed -> "confirmed";
            case Visit.Expired expired -> "expired";
            case Visit.Invalid invalid -> "invalid";
        };
    }

    /** Status of the answer. RFC 9110 §15. */
    public static int status(Visit visit) {
        return switch (visit) {
            case Visit.Expired expired -> 410;
            case Visit.Invalid invalid -> 404;
            case Visit.Ask ask -> 200;
            case Visit.Redeem redeem -> 200;
            case Visit.Confirmed confirmed -> 200;
        };
    }

    /** Nothing runs, nothing is loaded, nobody frames it, and the click comes to us alone. */
    public String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static Properties texts(String language) {
        Properties texts = new Properties();
        try (InputStream file = open(language + ".properties")) {
            texts.load(new InputStreamReader(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static String resource(String name) {
        try (InputStream file = open(name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(LandingHtml.class.getResourceAsStream("/landing/" + name), name);
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
