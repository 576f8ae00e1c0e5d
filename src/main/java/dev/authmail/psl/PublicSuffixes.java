package dev.authmail.psl;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.Locale;
import java.util.Optional;

/** The public suffix list with its private section, as DMARC wants it, and as it was when this was built. */
public final class PublicSuffixes {
    private PublicSuffixes() {}

    /**
     * The domain that was registered: the public suffix and one label more. A suffix that the list does not know has one
     * label.
     *
     * @param domain A-labels or U-labels, any case
     * @return in lower case and in the labels of the question; empty when the domain is itself a public suffix
     */
    public static Optional<String> registrable(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        String listed = EffectiveTldFinder.getAssignedDomain(name, true, false);
        return Optional.ofNullable(listed).or(() -> unlisted(name));
    }

    /** The rule {@code *} of the list's algorithm. */
    private static Optional<String> unlisted(String name) {
        int last = name.lastIndexOf('.');
        boolean known = EffectiveTldFinder.getEffectiveTLD(name, false) != null;
        return known || last <= 0 ? Optional.empty() : Optional.of(name.substring(name.lastIndexOf('.', last - 1) + 1));
    }
}
