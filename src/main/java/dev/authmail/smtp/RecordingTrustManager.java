package dev.authmail.smtp;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts every certificate and notes on the session what the check says of it. A resumed session keeps the note. RFC
 * 7435 §3.
 */
final class RecordingTrustManager extends X509ExtendedTrustManager {
    private static final String NOTE = "dev.authmail.smtp.verdict";

    private final X509ExtendedTrustManager check;

    RecordingTrustManager(X509ExtendedTrustManager check) {
        this.check = check;
    }

    /** What the check said of the certificate of this session. */
    static CertificateVerdict verdict(SSLSession session) {
        return session.getValue(NOTE) instanceof CertificateVerdict verdict ? verdict : CertificateVerdict.NOT_TRUSTED;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        ((SSLSocket) socket).getHandshakeSession().putValue(NOTE, verdict(chain, keyExchange, socket));
    }

    private CertificateVerdict verdict(X509Certificate[] chain, String keyExchange, Socket socket) {
        try {
            check.checkServerTrusted(chain, keyExchange, socket);
            return CertificateVerdict.TRUSTED;
        } catch (CertificateException e) {
            return CertificateProblem.of(e);
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
