package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The key of a server and the certificates that it shows.
 *
 * @param chain its own certificate first
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {
    /** For a server in this JVM. */
    public SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server that is not Java. */
    public String pem() {
        try {
            StringBuilder text = new StringBuilder(pem("PRIVATE KEY", key.getEncoded()));
            for (X509Certificate certificate : chain) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same without the last certificates. */
    public TestIdentity showing(int certificates) {
        return new TestIdentity(key, chain.subList(0, certificates));
    }

    /** The data of a TLSA record about one of its certificates, such as {@code 3 1 1 ab12…}. RFC 6698 §2.1. */
    public String tlsa(int usage, int selector, int matching, int certificate) {
        try {
            X509Certificate subject = chain.get(certificate);
            byte[] selected = selector == 0
                    ? subject.getEncoded()
                    : subject.getPublicKey().getEncoded();
            byte[] data = switch (matching) {
                case 0 -> selected;
                case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
                default -> MessageDigest.getInstance("SHA-512").digest(selected);
            };
            return usage + " " + selector + " " + matching + " "
                    + HexFormat.of().formatHex(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
