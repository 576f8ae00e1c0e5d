package dev.authmail.smtp;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Judges the certificate of a server in place of authorities and host name, as DANE does. Equal checks judge alike, so
 * that connections may be shared.
 */
public interface CertificateCheck {
    /** What is to be said of a chain; the server's own certificate comes first. */
    CertificateVerdict judge(List<X509Certificate> chain);

    /** The name that the server is asked for (SNI). RFC 6066 §3, RFC 7672 §8.1. */
    String serverName();
}
