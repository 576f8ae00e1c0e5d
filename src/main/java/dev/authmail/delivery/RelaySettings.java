package dev.authmail.delivery;

import dev.authmail.smtp.Credentials;
import dev.authmail.smtp.TlsPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One relay.
 *
 * @param name its name in settings, routes and records
 * @param host its host name, which may be one of the cluster's, or an address; blank when it is not configured
 * @param port 1 to 65535
 * @param tls how much TLS it must give
 * @param credentials what AUTH shows it, if anything
 * @param chunking whether it gets a message in one round trip where it offers CHUNKING. RFC 3030
 */
public record RelaySettings(
        String name,
        String host,
        int port,
        TlsPolicy tls,
        @Nullable Credentials credentials,
        boolean chunking) {
    public RelaySettings {
        host = host.strip();
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port of relay " + name + " is " + port + "; it must be 1 to 65535");
        }
        if (credentials != null && tls == TlsPolicy.OPPORTUNISTIC) {
            throw new IllegalArgumentException("Relay " + name
                    + " has a password and opportunistic TLS, which would send it in clear text; require TLS");
        }
    }

    /** A relay that gets a message only when it has taken the envelope. */
    public RelaySettings(String name, String host, int port, TlsPolicy tls, @Nullable Credentials credentials) {
        this(name, host, port, tls, credentials, false);
    }
}
