package dev.authmail.dane;

import dev.authmail.dns.TlsaRecord;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/** One certificate of a chain, as the octets that the server sent. */
final class PresentedCertificate {
    private final byte[] der;

    PresentedCertificate(byte[] der) {
        this.der = der.clone();
    }

    /** Whether a record is about this certificate, whatever its usage. RFC 6698 §2.1.2, §2.1.3. */
    boolean fits(TlsaRecord record) {
        Optional<byte[]> selected =
                record.selector() == TlsaRecords.PUBLIC_KEY ? Asn1.publicKey(der) : Optional.of(der);
        return selected.map(octets -> matched(octets, record.matching()))
                .map(octets -> Arrays.equals(octets, record.octets()))
                .orElse(false);
    }

    private static byte[] matched(byte[] octets, int matching) {
        return switch (matching) {
            case TlsaRecords.FULL -> octets;
            case TlsaRecords.SHA_256 -> digest("SHA-256", octets);
            case TlsaRecords.SHA_512 -> digest("SHA-512", octets);
            default -> throw new IllegalArgumentException("matching type " + matching);
        };
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + algorithm, e);
        }
    }

    /** The certificate, when the JDK can read it. */
    Optional<X509Certificate> x509() {
        return read(der);
    }

    static Optional<X509Certificate> read(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
