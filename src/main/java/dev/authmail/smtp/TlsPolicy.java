package dev.authmail.smtp;

import java.util.Locale;

/** How much TLS a server must give, and who says so. */
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
    NONE,
    /** As verified; the recipient's domain demands it. RFC 8461. */
    MTA_STS,
    /** STARTTLS is demanded, and what the host's TLSA records demand of its certificate. RFC 7672. */
    DANE;

    /** Whether no mail may go in clear text. */
    public boolean demandsTls() {
        return this != OPPORTUNISTIC && this != NONE;
    }

    /** Whether it comes from the recipient's DNS and so cannot be set. */
    public boolean isPublished() {
        return this == MTA_STS || this == DANE;
    }

    /** The word in settings and records, such as {@code mta-sts}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
