package dev.authmail.smtp;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Checks as another does, and remembers until when the server's certificate is good. For one connection. */
final class CertificateWitness extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager check;
    private volatile Optional<Instant> notAfter = Optional.empty();

    CertificateWitness(X509ExtendedTrustManager check) {
        this.check = check;
    }

    /** When the certificate that was shown ends. RFC 5280 §4.1.2.5. */
    Optional<Instant> notAfter() {
        return notAfter;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        notAfter = Optional.of(chain[0].getNotAfter().toInstant());
        check.checkServerTrusted(chain, keyExchange, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) {
        throw new UnsupportedOperationException("sockets only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) {
        throw new UnsupportedOperationException("sockets only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        throw new UnsupportedOperationException("clients are not served");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) {
        throw new UnsupportedOperationException("clients are not served");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) {
        throw new UnsupportedOperationException("clients are not served");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return check.getAcceptedIssuers();
    }
}
