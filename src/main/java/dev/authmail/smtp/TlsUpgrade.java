package dev.authmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes TLS of a connection and tells what is to be said of the server's certificate; whether that will do, the caller
 * decides by the policy, before it says another word. Prepared once, so that sessions are resumed, by whatever policy
 * they were made. RFC 3207, RFC 8446 §2.2, RFC 9525.
 */
final class TlsUpgrade {
    // RFC 8996: older versions must not be used.
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLSocketFactory factory;

    TlsUpgrade(X509ExtendedTrustManager pkix) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new RecordingTrustManager(pkix)}, null);
            this.factory = context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** Shakes hands with the server over an open connection. */
    SSLSocket handshake(Socket tcp, SmtpServer server) throws IOException {
        // The name serves SNI, the certificate check and the session cache; nothing is looked up or dialled.
        SSLSocket tls = (SSLSocket) factory.createSocket(tcp, server.serverName(), server.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** What was negotiated. */
    TlsSession describe(SSLSocket tls, SmtpServer server) throws SSLPeerUnverifiedException {
        SSLSession session = tls.getSession();
        CertificateCheck check = server.certificateCheck();
        CertificateVerdict verdict =
                check == null ? RecordingTrustManager.verdict(session) : check.judge(chain(session));
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), verdict);
    }

    private static List<X509Certificate> chain(SSLSession session) throws SSLPeerUnverifiedException {
        Certificate[] shown = session.getPeerCertificates();
        return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
    }
}
