package dev.authmail.mtasts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host of a policy, or with {@code *.} in front every host one label below. RFC 8461 §4.1.
 *
 * @param text lower case, without a final dot
 */
public record MxPattern(String text) {
    // RFC 5321 §4.1.2 Domain, with the underscore that hosts in the field have.
    private static final Pattern SYNTAX = Pattern.compile(
            "(?=.{1,253}$)(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Reads the value of {@code mx}; empty when it is neither a host nor a wildcard. */
    static Optional<MxPattern> parse(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return SYNTAX.matcher(lower).matches() ? Optional.of(new MxPattern(lower)) : Optional.empty();
    }

    /** Whether a host, lower case and without a final dot, is meant. */
    boolean matches(String host) {
        if (!text.startsWith("*.")) {
            return text.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(text.substring(1));
    }
}
