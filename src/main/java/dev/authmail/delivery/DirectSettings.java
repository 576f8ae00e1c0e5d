package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.smtp.TlsPolicy;
import java.util.Set;

/**
 * How mail goes straight to MX hosts.
 *
 * @param enabled whether it may
 * @param port 25 but in tests
 * @param tls how much TLS an MX host must give
 * @param tlsRequired the domains whose hosts must give TLS whatever {@code tls} says
 */
public record DirectSettings(boolean enabled, int port, TlsPolicy tls, Set<Domain> tlsRequired) {
    public DirectSettings {
        tlsRequired = Set.copyOf(tlsRequired);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port for MX hosts is " + port + "; it must be 1 to 65535");
        }
    }

    /** On, port 25, TLS where it is offered. RFC 7435. */
    public static DirectSettings defaults() {
        return new DirectSettings(true, 25, TlsPolicy.OPPORTUNISTIC, Set.of());
    }

    /** How much TLS the hosts of a domain must give. */
    TlsPolicy tlsFor(Domain domain) {
        boolean raise = tlsRequired.contains(domain) && (tls == TlsPolicy.OPPORTUNISTIC || tls == TlsPolicy.NONE);
        return raise ? TlsPolicy.REQUIRED : tls;
    }
}
