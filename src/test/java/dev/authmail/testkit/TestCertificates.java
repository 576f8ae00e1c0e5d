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
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** An authority made at run time, and the certificates it gives to servers: good ones, expired ones, and others. */
public final class TestCertificates {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final Duration YEAR = Duration.ofDays(365);

    private final Authority authority = new Authority("authmail test authority", newKey());
    private final X509Certificate root = authority.issue(authority.name, authority.key, basicConstraints(), YEAR);

    private record Authority(String name, KeyPair key) {
        X509Certificate issue(String subject, KeyPair subjectKey, byte[] extension, Duration lifetime) {
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
            return Files.writeString(file, TestIdentity.pem("CERTIFICATE", root.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key and its valid certificate for these names, then the authority: PEM for a server that is not Java. */
    public String keyAndChain(String... names) {
        return identity(names).pem();
    }

    /** A new key and its valid certificate for these names, then the authority. */
    public TestIdentity identity(String... names) {
        return identity(authority, YEAR, names);
    }

    /** The same, but valid until yesterday. */
    public TestIdentity expiredIdentity(String... names) {
        return identity(authority, Duration.ofDays(-1), names);
    }

    /** The same, but only it vouches for itself. */
    public TestIdentity selfSignedIdentity(String... names) {
        return identity(new Authority(names[0], newKey()), YEAR, names);
    }

    /** The same below an authority of its own, which has that lifetime and stands between it and the root. */
    public TestIdentity identityBelow(String intermediateName, Duration lifetime, String... names) {
        Authority intermediate = new Authority(intermediateName, newKey());
        KeyPair key = newKey();
        return new TestIdentity(
                key.getPrivate(),
                List.of(
                        intermediate.issue(names[0], key, alternativeNames(names), YEAR),
                        authority.issue(intermediateName, intermediate.key, basicConstraints(), lifetime),
                        root));
    }

    /** A certificate for a key that signs something else than TLS, as PEM; it is valid for so long from now on. */
    public String certify(KeyPair key, Duration lifetime, String name) {
        try {
            X509Certificate certificate = authority.issue(name, key, alternativeNames(name), lifetime);
            return TestIdentity.pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestIdentity identity(Authority issuer, Duration lifetime, String... names) {
        KeyPair key = issuer == authority ? newKey() : issuer.key;
        X509Certificate own = issuer.issue(names[0], key, alternativeNames(names), lifetime);
        return new TestIdentity(key.getPrivate(), issuer == authority ? List.of(own, root) : List.of(own));
    }

    private SSLContext server(Authority issuer, Duration lifetime, String... names) {
        return identity(issuer, lifetime, names).context();
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
    private static X509Certificate certificate(
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
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
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
