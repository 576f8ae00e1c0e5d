package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority made at run time, and the certificates it gives to servers: good ones, expired ones, and others. */
public final class TestCertificates {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final Duration YEAR = Duration.ofDays(365);

    private final Authority authority = new Authority("authmail test authority", newKey());
    private final Certificate root = authority.issue(authority.name, authority.key, basicConstraints(), YEAR);

    private record Authority(String name, KeyPair key) {
        Certificate issue(String subject, KeyPair subjectKey, byte[] extension, Duration lifetime) {
            return certificate(this, subject, subjectKey, extension, lifetime);
        }
    }

    /** A server with a valid certificate for these host names or addresses. */
    public SSLContext validFor(String... names) {
        return server(authority, YEAR, names);
    }

    /** A server whose certificate was valid for that name until yesterday. */
    public SSLContext expired(String name) {
        return server(authority, Duration.ofDays(-1), name);
    }

    /** A server whose certificate only it vouches for. */
    public SSLContext selfSigned(String name) {
        return server(new Authority(name, newKey()), YEAR, name);
    }

    /** The authority as a PEM file, for the client's trust; deleted when the JVM ends. */
    public Path pem() {
        try {
            Path file = Files.createTempFile("authmail-test-ca", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem("CERTIFICATE", root.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key and its valid certificate for these names, then the authority: PEM for a server that is not Java. */
    public String keyAndChain(String... names) {
        KeyPair key = newKey();
        Certificate own = authority.issue(names[0], key, alternativeNames(names), YEAR);
        try {
            return pem("PRIVATE KEY", key.getPrivate().getEncoded())
                    + pem("CERTIFICATE", own.getEncoded())
                    + pem("CERTIFICATE", root.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private SSLContext server(Authority issuer, Duration lifetime, String... names) {
        try {
            KeyPair key = issuer == authority ? newKey() : issuer.key;
            Certificate own = issuer.issue(names[0], key, alternativeNames(names), lifetime);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = issuer == authority ? new Certificate[] {own, root} : new Certificate[] {own};
            store.setKeyEntry("server", key.getPrivate(), new char[0], chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 5280 §4.1. */
    private static Certificate certificate(
            Authority issuer, String subject, KeyPair subjectKey, byte[] extension, Duration lifetime) {
        Instant now = Instant.now();
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(System.nanoTime())),
                ECDSA_WITH_SHA256,
                name(issuer.name),
                Der.sequence(Der.time(now.minus(Duration.ofDays(30))), Der.time(now.plus(lifetime))),
                name(subject),
                subjectKey.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer.key.getPrivate());
            signature.update(content);
            byte[] der = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    }

    private static byte[] basicConstraints() {
        return Der.sequence(Der.oid("2.5.29.19"), Der.bool(true), Der.octets(Der.sequence(Der.bool(true))));
    }

    private static byte[] alternativeNames(String... names) {
        byte[][] encoded =
                Stream.of(names).map(TestCertificates::alternativeName).toArray(byte[][]::new);
        return Der.sequence(Der.oid("2.5.29.17"), Der.octets(Der.sequence(encoded)));
    }

    /** RFC 5280 §4.2.1.6: dNSName is [2], iPAddress [7]. */
    private static byte[] alternativeName(String name) {
        try {
            return name.matches("[0-9.]+|.*:.*")
                    ? Der.implicit(7, InetAddress.getByName(name).getAddress())
                    : Der.implicit(2, name.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
