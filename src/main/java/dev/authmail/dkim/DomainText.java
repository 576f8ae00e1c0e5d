package dev.authmail.dkim;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Domains and selectors as they stand in tags. RFC 6376 §3.5, RFC 8616 §4. */
final class DomainText {
    // Underscores occur in selectors that are CNAMEs' targets; RFC 6376 takes sub-domain from RFC 5321, DNS takes both.
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?" + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final int MAX_LENGTH = 253;

    private DomainText() {}

    /** The name as A-labels in lower case, if it is one. */
    static Optional<String> aLabels(String text) {
        try {
            String ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(DomainText::isName);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isName(String ascii) {
        return ascii.length() <= MAX_LENGTH && NAME.matcher(ascii).matches();
    }

    /** Whether the name is the domain or lies below it. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
