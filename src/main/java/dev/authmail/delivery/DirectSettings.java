package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.smtp.TlsPolicy;
import java.time.Duration;
import java.util.Set;

/**
 * How mail goes straight to MX hosts.
 *
 * @param enabled whether it may
 * @param port 25 but in tests
 * @param tls how much TLS an MX host must give
 * @param tlsRequired the domains whose hosts must give TLS whatever {@code tls} says
 * @param maxWait how long a mail waits for a free connection to one host, so that a slow host does not fill the house
 */
public record DirectSettings(boolean enabled, int port, TlsPolicy tls, Set<Domain> tlsRequired, Duration maxWait) {
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    public DirectSettings {
        tlsRequired = Set.copyOf(tlsRequired);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port for MX hosts is " + port + "; it must be 1 to 65535");
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "The wait for a connection to an MX host is " + maxWait + "; it must be 0 or more");
        }
    }

    /** On, port 25, TLS where it is offered. RFC 7435. */
    public static DirectSettings defaults() {
        return new DirectSettings(true, 25, TlsPolicy.OPPORTUNISTIC, Set.of(), MAX_WAIT);
    }

    /** How much TLS the hosts of a domain must give. */
    public TlsPolicy tlsFor(Domain domain) {
        boolean raise = tlsRequired.contains(domain) && (tls == TlsPolicy.OPPORTUNISTIC || tls == TlsPolicy.NONE);
        return raise ? TlsPolicy.REQUIRED : tls;
    }
}
