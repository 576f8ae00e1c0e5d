package dev.authmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes TLS of a connection. Certificates are checked against the server's name where the policy demands it, and looked
 * at where it does not. Prepared once, so that sessions are resumed. RFC 3207, RFC 8446 §2.2, RFC 9525.
 */
final class TlsUpgrade {
    // RFC 8996: older versions must not be used.
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLSocketFactory checking;
    private final SSLSocketFactory recording;

    TlsUpgrade(X509ExtendedTrustManager pkix) {
        this.checking = factory(pkix);
        this.recording = factory(new RecordingTrustManager(pkix));
    }

    private static SSLSocketFactory factory(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** Shakes hands with the server over an open connection. */
    SSLSocket handshake(Socket tcp, SmtpServer server) throws IOException {
        SSLSocketFactory factory = checksCertificate(server.tls()) ? checking : recording;
        // The name serves SNI, the certificate check and the session cache; nothing is looked up or dialled.
        SSLSocket tls = (SSLSocket) factory.createSocket(tcp, server.host(), server.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** What was negotiated. */
    TlsSession describe(SSLSocket tls, SmtpServer server) {
        SSLSession session = tls.getSession();
        boolean verified = checksCertificate(server.tls()) || RecordingTrustManager.foundValid(session);
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), verified);
    }

    private static boolean checksCertificate(TlsPolicy policy) {
        return switch (policy) {
            case IMPLICIT, VERIFIED -> true;
            case REQUIRED, OPPORTUNISTIC, NONE -> false;
        };
    }
}
