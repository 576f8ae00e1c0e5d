package dev.authmail.dmarc;

import dev.authmail.dmarc.DmarcRecord.Alignment;
import dev.authmail.dmarc.PolicyDiscovery.Discovered;
import java.util.Optional;

/** Whether a domain that SPF or DKIM authenticated speaks for the domain in From. RFC 9989 §4.4. */
public final class IdentifierAlignment {
    private final PolicyDiscovery discovery;

    /** @param discovery finds organizational domains */
    public IdentifierAlignment(PolicyDiscovery discovery) {
        this.discovery = discovery;
    }

    /**
     * Compares two domains, as A-labels; empty when the DNS could not be asked.
     *
     * @param author the domain in From
     * @param authenticated the domain of the reverse-path, or {@code d=} of a signature
     */
    public Optional<Boolean> aligned(String author, String authenticated, Alignment mode) {
        if (author.equalsIgnoreCase(authenticated)) {
            return Optional.of(true);
        }
        return switch (mode) {
            case STRICT -> Optional.of(false);
            case RELAXED ->
                organizational(author)
                        .flatMap(a -> organizational(authenticated).map(a::equals));
        };
    }

    private Optional<String> organizational(String domain) {
        return switch (discovery.discover(domain)) {
            case Discovered.Known known -> Optional.of(known.organizationalDomain());
            case Discovered.Unknown unknown -> Optional.empty();
        };
    }
}
