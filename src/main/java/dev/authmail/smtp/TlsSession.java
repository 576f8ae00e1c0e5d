package dev.authmail.smtp;

/**
 * What was negotiated. RFC 8446, RFC 5246.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipher the JSSE name of the cipher suite
 * @param verified whether the certificate was checked against trust anchors and the host name
 */
public record TlsSession(String protocol, String cipher, boolean verified) {}
