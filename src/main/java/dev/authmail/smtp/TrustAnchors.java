package dev.authmail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: the authorities at which a certificate chain may end. RFC 5280 §6.1.1 (d). */
public final class TrustAnchors {
    private final List<X509Certificate> authorities;

    private TrustAnchors(List<X509Certificate> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    /** The authorities that the JVM believes. */
    public static TrustAnchors ofJvm() {
        return new TrustAnchors(List.of(trustManager(null).getAcceptedIssuers()));
    }

    /**
     * The authorities in a file of PEM certificates, and no others.
     *
     * @throws IllegalArgumentException when the file holds none or cannot be read
     */
    public static TrustAnchors ofPem(Path bundle) {
        return new TrustAnchors(read(bundle));
    }

    /** The authorities that the JVM believes, and those of a PEM file: for a relay with a certificate of the house. */
    public static TrustAnchors ofJvmAnd(Path bundle) {
        List<X509Certificate> all = new ArrayList<>(ofJvm().authorities);
        all.addAll(read(bundle));
        return new TrustAnchors(all);
    }

    /** Checks chains against these authorities, and the host name where the socket asks for it. */
    X509ExtendedTrustManager trustManager() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            return trustManager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the trust anchors cannot be prepared", e);
        }
    }

    /** TLS that believes these authorities, for clients other than SMTP's. */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("this JVM has no trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust anchors of the JVM cannot be read", e);
        }
    }

    private static List<X509Certificate> read(Path bundle) {
        try (InputStream in = Files.newInputStream(bundle)) {
            @SuppressWarnings("unchecked") // The X.509 factory makes X.509 certificates.
            var found = (Collection<X509Certificate>)
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(bundle + " holds no certificate: give a bundle in PEM");
            }
            return List.copyOf(found);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(bundle + " cannot be read as PEM certificates", e);
        }
    }
}
