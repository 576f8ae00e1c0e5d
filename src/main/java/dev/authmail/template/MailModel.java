package dev.authmail.template;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a template can say. The values are plain text; escaping is the template's, by its extension.
 *
 * @param purpose what the mail is for: {@code [a-z0-9-]{1,32}}, the name of a template folder
 * @param locale the reader's language
 * @param name what the reader is called, from outside; shown only when it is harmless (see {@link GreetingName})
 * @param url the auth URL: ASCII, {@code https://…}, or {@code http://localhost…} on a developer's machine; a secret
 * @param expires when the link ends
 * @param product the name of the service
 * @param supportAddress where the reader can ask, as it is shown
 * @param code what can be typed instead of following the link, if there is such a thing
 */
public record MailModel(
        String purpose,
        Locale locale,
        @Nullable String name,
        String url,
        Instant expires,
        String product,
        @Nullable String supportAddress,
        @Nullable Code code) {
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9-]{1,32}");
    // RFC 3986 characters without the quotes, so that the link stands unchanged in text and in an HTML attribute.
    private static final Pattern URL =
            Pattern.compile("(?:https://[A-Za-z0-9]|http://localhost[:/?])[A-Za-z0-9._~:/?#\\[\\]@!$&()*+,;=%-]*");
    private static final int MAX_URL = 2048;

    public MailModel {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("The purpose must match " + PURPOSE);
        }
        // The URL is a secret: the sentence must not repeat it.
        if (url.length() > MAX_URL || !URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "The auth URL must be an https URL (http for localhost alone) in ASCII of at most " + MAX_URL);
        }
        if (product.isBlank()) {
            throw new IllegalArgumentException("The product name is blank; give the service a name");
        }
    }

    /** With the link alone. */
    public MailModel(
            String purpose,
            Locale locale,
            @Nullable String name,
            String url,
            Instant expires,
            String product,
            @Nullable String supportAddress) {
        this(purpose, locale, name, url, expires, product, supportAddress, null);
    }

    /**
     * A code that the reader types.
     *
     * @param digits as they are shown; a secret
     * @param expires when it ends
     */
    public record Code(String digits, Instant expires) {
        /** Without the digits. */
        @Override
        public String toString() {
            return "Code[***]";
        }
    }

    /** Without the secrets: neither URL nor code nor name. */
    @Override
    public String toString() {
        return "MailModel[" + purpose + ", " + locale.toLanguageTag() + "]";
    }
}
