package dev.authmail.smtp;

/** How much TLS a hop must give. */
public enum TlsPolicy {
    /** TLS from the first octet with a certificate that is checked. RFC 8314 §3.3. */
    IMPLICIT,
    /** STARTTLS is demanded, and a certificate valid for the host name. RFC 3207, RFC 6125. */
    VERIFIED,
    /** STARTTLS is demanded; the certificate is recorded, not checked. */
    REQUIRED,
    /** STARTTLS when offered; when the handshake fails, a new connection in clear text. RFC 7435. */
    OPPORTUNISTIC,
    /** No TLS: for a relay on the same host. */
    NONE
}
