package dev.authmail.tlspolicy;

import dev.authmail.dane.DaneVerdict;
import dev.authmail.dane.DaneVerifier;
import dev.authmail.dane.TlsaAnswer;
import dev.authmail.dane.TlsaRecords;
import dev.authmail.smtp.CertificateCheck;
import dev.authmail.smtp.CertificateVerdict;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets TLSA records judge.
 *
 * @param records with at least one that is usable
 * @param serverName the TLSA base domain
 * @param names for which a certificate below a DANE-TA may be; empty when no record asks, so that the domains of one host
 *     share its connections
 * @param clock tells the time at which certificates must be valid
 */
record DaneCheck(TlsaRecords records, String serverName, List<String> names, Clock clock) implements CertificateCheck {
    static DaneCheck of(TlsaAnswer.Found found, List<String> nextHop, Clock clock) {
        List<String> names = new ArrayList<>();
        if (found.records().needNames()) {
            names.add(found.base());
            names.addAll(nextHop);
        }
        return new DaneCheck(
                found.records(), found.base(), names.stream().distinct().toList(), clock);
    }

    @Override
    public CertificateVerdict judge(List<X509Certificate> chain) {
        DaneVerdict verdict = new DaneVerifier(records, names)
                .verify(chain.stream().map(DaneCheck::octets).toList(), clock.instant());
        return switch (verdict) {
            case DaneVerdict.Verified verified -> CertificateVerdict.TLSA_MATCHED;
            case DaneVerdict.Unusable unusable -> CertificateVerdict.TLSA_MISMATCH;
            case DaneVerdict.Refused(DaneVerdict.Problem problem) ->
                switch (problem) {
                    case NO_MATCH -> CertificateVerdict.TLSA_MISMATCH;
                    case WRONG_NAME -> CertificateVerdict.WRONG_NAME;
                    case EXPIRED -> CertificateVerdict.EXPIRED;
                    case NO_PATH -> CertificateVerdict.NOT_TRUSTED;
                };
        };
    }

    private static byte[] octets(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }
}
