package dev.authmail.dane;

import dev.authmail.dns.TlsaRecord;
import java.util.Comparator;
import java.util.List;

/**
 * The TLSA records of one host that can be used for SMTP: usages DANE-TA(2) and DANE-EE(3) alone, in forms that are known
 * and well-formed (RFC 7672 §3.1), of several digests of the same thing only the strongest (RFC 7671 §9). Equal values
 * accept the same certificates.
 *
 * @param usable empty when there are records and none can be used: TLS is then demanded and nothing is verified
 */
public record TlsaRecords(List<TlsaRecord> usable) {
    static final int DANE_TA = 2;
    static final int DANE_EE = 3;
    static final int CERTIFICATE = 0;
    static final int PUBLIC_KEY = 1;
    static final int FULL = 0;
    static final int SHA_256 = 1;
    static final int SHA_512 = 2;

    public TlsaRecords {
        usable = List.copyOf(usable);
    }

    /** What is usable among the records of a host. */
    public static TlsaRecords of(List<TlsaRecord> published) {
        // In an order of their own: the DNS turns them round from answer to answer.
        List<TlsaRecord> known = published.stream()
                .filter(TlsaRecords::isUsable)
                .distinct()
                .sorted(Comparator.comparing(TlsaRecord::usage)
                        .thenComparing(TlsaRecord::selector)
                        .thenComparing(TlsaRecord::matching)
                        .thenComparing(TlsaRecord::data))
                .toList();
        return new TlsaRecords(known.stream().filter(r -> !isOutdone(r, known)).toList());
    }

    /** Whether a certificate must fit. RFC 7672 §2.2: else TLS alone is demanded. */
    public boolean demandCertificate() {
        return !usable.isEmpty();
    }

    /** Whether the host name in the certificate can matter. RFC 7672 §3.1.1: not for DANE-EE. */
    public boolean needNames() {
        return usable.stream().anyMatch(r -> r.usage() == DANE_TA);
    }

    private static boolean isUsable(TlsaRecord record) {
        boolean known = (record.usage() == DANE_TA || record.usage() == DANE_EE)
                && (record.selector() == CERTIFICATE || record.selector() == PUBLIC_KEY);
        return known
                && switch (record.matching()) {
                    case FULL -> Asn1.isWhole(record.octets());
                    case SHA_256 -> record.data().length() == 64;
                    case SHA_512 -> record.data().length() == 128;
                    default -> false;
                };
    }

    private static boolean isOutdone(TlsaRecord record, List<TlsaRecord> all) {
        return record.matching() == SHA_256
                && all.stream()
                        .anyMatch(other -> other.matching() == SHA_512
                                && other.usage() == record.usage()
                                && other.selector() == record.selector());
    }
}
