package dev.authmail.mtasts;

import dev.authmail.address.Domain;

/** Where policies are served. Thread-safe, bounded in time; never throws for what the network does. */
@FunctionalInterface
public interface PolicySource {
    /** The policy of a domain, as it is served now. */
    PolicyFetch fetch(Domain domain);
}
