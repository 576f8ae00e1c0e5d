package dev.authmail.dane;

import dev.authmail.dane.DaneVerdict.Problem;
import dev.authmail.dns.TlsaRecord;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From the server's certificate up to the trust anchor that one DANE-TA record names: found in the chain, or given whole
 * by the record. RFC 7671 §5.2, RFC 5280 §6.1; nothing is asked for revocation, as the DNS can withdraw the record.
 */
final class TrustAnchorPath {
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final int MAX_INTERMEDIATES = 10;

    private final TlsaRecord record;
    private final List<PresentedCertificate> presented;
    private final Collection<String> names;
    private final Date now;

    TrustAnchorPath(TlsaRecord record, List<PresentedCertificate> presented, Collection<String> names, Instant now) {
        this.record = record;
        this.presented = presented;
        this.names = names;
        this.now = Date.from(now);
    }

    DaneVerdict verdict() {
        List<X509Certificate> readable = presented.stream()
                .map(PresentedCertificate::x509)
                .flatMap(Optional::stream)
                .toList();
        Set<TrustAnchor> anchors = anchors(readable);
        if (anchors.isEmpty()) {
            return refused(Problem.NO_MATCH);
        }
        Optional<X509Certificate> own = presented.getFirst().x509();
        return own.isEmpty() ? refused(Problem.NO_PATH) : verdict(own.get(), readable, anchors);
    }

    private DaneVerdict verdict(X509Certificate own, List<X509Certificate> readable, Set<TrustAnchor> anchors) {
        try {
            TrustAnchor used = build(own, readable, anchors);
            // The path leaves its anchor unchecked.
            if (used.getTrustedCert() != null && !isValid(used.getTrustedCert())) {
                return refused(Problem.EXPIRED);
            }
        } catch (GeneralSecurityException e) {
            // The builder passes over certificates that are not valid now, and then says only that there is no path.
            return refused(readable.stream().allMatch(this::isValid) ? Problem.NO_PATH : Problem.EXPIRED);
        }
        return CertificateNames.of(own).include(names) ? new DaneVerdict.Verified(record) : refused(Problem.WRONG_NAME);
    }

    private boolean isValid(X509Certificate certificate) {
        return !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter());
    }

    /** What the record names: certificates above the server's own, a certificate in the DNS, or a key in the DNS. */
    private Set<TrustAnchor> anchors(List<X509Certificate> readable) {
        Set<TrustAnchor> anchors = new HashSet<>();
        presented.stream()
                .skip(1)
                .filter(c -> c.fits(record))
                .map(PresentedCertificate::x509)
                .flatMap(Optional::stream)
                .filter(TrustAnchorPath::isAuthority)
                .forEach(c -> anchors.add(new TrustAnchor(c, null)));
        if (record.matching() == TlsaRecords.FULL && record.selector() == TlsaRecords.CERTIFICATE) {
            PresentedCertificate.read(record.octets())
                    .filter(TrustAnchorPath::isAuthority)
                    .ifPresent(c -> anchors.add(new TrustAnchor(c, null)));
        } else if (record.matching() == TlsaRecords.FULL) {
            // A key has no name of its own: it may be that of any issuer.
            BareKey.read(record.octets())
                    .ifPresent(key -> readable.stream()
                            .map(X509Certificate::getIssuerX500Principal)
                            .filter(issuer -> !issuer.getName().isEmpty())
                            .forEach(issuer -> anchors.add(new TrustAnchor(issuer, key, null))));
        }
        return anchors;
    }

    private TrustAnchor build(X509Certificate own, List<X509Certificate> readable, Set<TrustAnchor> anchors)
            throws GeneralSecurityException {
        if (anchors.stream().anyMatch(a -> own.equals(a.getTrustedCert()))) {
            throw new CertPathBuilderException("the server's own certificate is no authority");
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target(own));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(readable)));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MAX_INTERMEDIATES);
        parameters.setDate(now);
        var result =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        return result.getTrustAnchor();
    }

    private static X509CertSelector target(X509Certificate own) {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(own);
        try {
            target.setExtendedKeyUsage(Set.of(SERVER_AUTHENTICATION));
        } catch (IOException e) {
            throw new IllegalStateException("an object identifier that is none", e);
        }
        return target;
    }

    private static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0 || certificate.getVersion() < 3;
    }

    private static DaneVerdict refused(Problem problem) {
        return new DaneVerdict.Refused(problem);
    }
}
