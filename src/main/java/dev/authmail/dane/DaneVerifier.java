package dev.authmail.dane;

import dev.authmail.dane.DaneVerdict.Problem;
import dev.authmail.dns.TlsaRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Holds chains of certificates against TLSA records. Pure: no look-up, no clock. RFC 7672 §3, RFC 7671 §5. */
public final class DaneVerifier {
    private final TlsaRecords records;
    private final Collection<String> names;

    /**
     * @param records of the host
     * @param names the names that a certificate below a DANE-TA may be for, as lower-case A-labels: the TLSA base domain
     *     and the next-hop domain. RFC 7672 §3.2.2
     */
    public DaneVerifier(TlsaRecords records, Collection<String> names) {
        this.records = records;
        this.names = List.copyOf(names);
    }

    /**
     * The verdict on a chain.
     *
     * @param chain certificates in DER, the server's own first
     * @param now at which they must be valid; DANE-EE does not ask for that. RFC 7672 §3.1.1
     */
    public DaneVerdict verify(List<byte[]> chain, Instant now) {
        if (!records.demandCertificate()) {
            return new DaneVerdict.Unusable();
        }
        List<PresentedCertificate> presented =
                chain.stream().map(PresentedCertificate::new).toList();
        return presented.isEmpty()
                ? new DaneVerdict.Refused(Problem.NO_MATCH)
                : endEntity(presented.getFirst())
                        .<DaneVerdict>map(DaneVerdict.Verified::new)
                        .orElseGet(() -> trustAnchor(presented, now));
    }

    private Optional<TlsaRecord> endEntity(PresentedCertificate own) {
        return usage(TlsaRecords.DANE_EE).stream().filter(own::fits).findFirst();
    }

    private DaneVerdict trustAnchor(List<PresentedCertificate> chain, Instant now) {
        DaneVerdict refusal = new DaneVerdict.Refused(Problem.NO_MATCH);
        for (TlsaRecord record : usage(TlsaRecords.DANE_TA)) {
            DaneVerdict verdict = new TrustAnchorPath(record, chain, names, now).verdict();
            switch (verdict) {
                case DaneVerdict.Verified verified -> {
                    return verified;
                }
                case DaneVerdict.Unusable none -> {}
                // What went wrong below an anchor that fits tells more than that another does not fit.
                case DaneVerdict.Refused refused -> refusal = refused.problem() == Problem.NO_MATCH ? refusal : refused;
            }
        }
        return refusal;
    }

    private List<TlsaRecord> usage(int usage) {
        return records.usable().stream().filter(r -> r.usage() == usage).toList();
    }
}
