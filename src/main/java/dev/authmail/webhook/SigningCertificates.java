package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.https.HttpsAnswer;
import dev.authmail.https.StrangersHttps;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The certificates that Amazon SNS signs with. Each stands alone on the host of its region, without those above it, so that
 * what vouches for it is the host's own certificate. They are fetched one after the other and kept. Thread-safe.
 */
public final class SigningCertificates {
    private static final int MOST = 32;
    private static final int LEAST_BITS = 2048;

    private static final int MAX_OCTETS = 65_536;

    private final StrangersHttps https;
    private final Clock clock;
    private final ConcurrentMap<URI, X509Certificate> known = new ConcurrentHashMap<>();

    /**
     * @param https fetches them
     * @param clock tells whether they have expired
     */
    public SigningCertificates(StrangersHttps https, Clock clock) {
        this.https = https;
        this.clock = clock;
    }

    /** The certificate there; empty when it cannot be had, is none, or has expired. */
    Optional<X509Certificate> at(URI uri) {
        X509Certificate certificate = known.get(uri);
        return certificate != null && isGood(certificate) ? Optional.of(certificate) : fetch(uri);
    }

    private synchronized Optional<X509Certificate> fetch(URI uri) {
        X509Certificate since = known.get(uri);
        if (since != null && isGood(since)) {
            return Optional.of(since);
        }
        Optional<X509Certificate> fetched = text(https.get(uri, MAX_OCTETS))
                .flatMap(SigningCertificates::read)
                .filter(this::isGood);
        if (known.size() >= MOST) {
            known.clear();
        }
        fetched.ifPresent(certificate -> known.put(uri, certificate));
        return fetched;
    }

    private static Optional<String> text(HttpsAnswer answer) {
        return answer instanceof HttpsAnswer.Answered page && page.status() == 200 && page.whole()
                ? Optional.of(page.body())
                : Optional.empty();
    }

    private static Optional<X509Certificate> read(String pem) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII))));
        } catch (CertificateException none) {
            return Optional.empty();
        }
    }

    private boolean isGood(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return certificate.getPublicKey() instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= LEAST_BITS;
        } catch (CertificateException expired) {
            return false;
        }
    }
}
