package dev.authmail.smtp;

/**
 * What was negotiated. RFC 8446, RFC 5246.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipher the JSSE name of the cipher suite
 * @param certificate what is to be said of the server's certificate, whether or not it was demanded to be good
 */
public record TlsSession(String protocol, String cipher, CertificateVerdict certificate) {
    /** Whether the certificate proves that the server is the host that was meant. */
    public boolean verified() {
        return certificate.isVerified();
    }
}
