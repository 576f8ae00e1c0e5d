package dev.authmail.smtp;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts every certificate and notes on the session whether it would have passed the check. A resumed session keeps the
 * note. RFC 7435 §3.
 */
final class RecordingTrustManager extends X509ExtendedTrustManager {
    private static final String NOTE = "dev.authmail.smtp.valid";

    private final X509ExtendedTrustManager check;

    RecordingTrustManager(X509ExtendedTrustManager check) {
        this.check = check;
    }

    /** Whether the certificate of this session passed. */
    static boolean foundValid(SSLSession session) {
        return Boolean.TRUE.equals(session.getValue(NOTE));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        ((SSLSocket) socket).getHandshakeSession().putValue(NOTE, passes(chain, keyExchange, socket));
    }

    private boolean passes(X509Certificate[] chain, String keyExchange, Socket socket) {
        try {
            check.checkServerTrusted(chain, keyExchange, socket);
            return true;
        } catch (CertificateException e) {
            return false;
        }
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
        return new X509Certificate[0];
    }
}
