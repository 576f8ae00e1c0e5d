package dev.authmail.tlsrpt;

import java.util.Locale;

/** Why TLS, or the policy that demands it, did not come about. RFC 8460 §4.3. */
public enum ResultType {
    /** The host offers no STARTTLS, or refuses it. */
    STARTTLS_NOT_SUPPORTED,
    /** The certificate is for another host. */
    CERTIFICATE_HOST_MISMATCH,
    /** The certificate, or one above it, has expired. */
    CERTIFICATE_EXPIRED,
    /** Nobody who is believed vouches for the certificate. */
    CERTIFICATE_NOT_TRUSTED,
    /** Anything else, such as a handshake that failed or a host that the policy does not name. */
    VALIDATION_FAILURE,
    /** There are TLSA records, and none can be used. */
    TLSA_INVALID,
    /** DNSSEC does not prove what TLSA records there are. */
    DNSSEC_INVALID,
    /** DANE is demanded of the host, and it has none. */
    DANE_REQUIRED,
    /** A policy is announced and cannot be fetched. */
    STS_POLICY_FETCH_ERROR,
    /** What was fetched is no policy. */
    STS_POLICY_INVALID,
    /** The certificate of the policy's web server is not good. */
    STS_WEBPKI_INVALID;

    /** The word in reports and records, such as {@code certificate-expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
