package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dane.DaneVerdict;
import dev.authmail.dane.DaneVerifier;
import dev.authmail.dane.TlsaRecords;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.TlsaRecord;
import dev.authmail.psl.PublicSuffixes;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/** TLSA records of the domain's own mail hosts fit the certificates that those show. RFC 7672. */
final class DaneCheck implements Check {
    private static final String NAME = "dane";
    private static final String WHO =
            "many in Germany and the Netherlands obey it when they send to you: answers and bounces get lost when it is"
                    + " wrong";

    private final Dns dns;
    private final MailHosts hosts;
    private final Domain domain;
    private final ShownCertificates shown;
    private final Clock clock;

    DaneCheck(Dns dns, MailHosts hosts, ShownCertificates shown, Clock clock) {
        this.dns = dns;
        this.hosts = hosts;
        this.domain = hosts.domain();
        this.shown = shown;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return domain.ascii();
    }

    @Override
    public List<Finding> run() {
        return switch (hosts.named()) {
            case MailHosts.Named.Unknown unknown -> List.of(unknown(subject(), unknown.why()));
            case MailHosts.Named.None none -> List.of();
            case MailHosts.Named.Found found ->
                found.hosts().stream()
                        .filter(this::mayHaveAddress)
                        .map(this::host)
                        .toList();
        };
    }

    /** One that has none is said by the check of the domain. */
    private boolean mayHaveAddress(String host) {
        return switch (hosts.addresses(host)) {
            case DnsAnswer.Found<? extends InetAddress> found -> true;
            case DnsAnswer.Failed<? extends InetAddress> failed -> true;
            case DnsAnswer.NoSuchName<? extends InetAddress> none -> false;
            case DnsAnswer.NoData<? extends InetAddress> none -> false;
        };
    }

    private static Finding unknown(String subject, String why) {
        return Finding.unknown(NAME, subject, why);
    }

    private Finding host(String host) {
        return switch (dns.tlsa(at(host))) {
            case DnsAnswer.Failed<TlsaRecord> failed -> unknown(host, failed.detail());
            case DnsAnswer.NoSuchName<TlsaRecord> none -> missing(host);
            case DnsAnswer.NoData<TlsaRecord> none -> missing(host);
            case DnsAnswer.Found<TlsaRecord> found -> published(host, TlsaRecords.of(found.records()));
        };
    }

    private static String at(String host) {
        return "_25._tcp." + host;
    }

    private Finding missing(String host) {
        if (!organization(host).equals(organization(domain.ascii()))) {
            return Finding.fine(NAME, host, "a mail host of somebody else, who publishes no TLSA record");
        }
        return new Finding(
                NAME,
                Status.ADVICE,
                host,
                "no TLSA record: nobody can know which certificate is yours",
                "where the zone is signed with DNSSEC, a record for the key; publish the next key's beside it before you"
                        + " change keys",
                "",
                chain(host).stream().findFirst().map(own -> record(host, own)).stream()
                        .toList());
    }

    private static String organization(String name) {
        return PublicSuffixes.registrable(name).orElse(name);
    }

    private Finding published(String host, TlsaRecords records) {
        if (!records.demandCertificate()) {
            return wrong(host, "its TLSA records cannot be used: usages 2 and 3 alone count for mail", chain(host));
        }
        List<X509Certificate> chain = chain(host);
        if (chain.isEmpty()) {
            return unknown(
                    host, "there are TLSA records; what certificate it shows at port 25 cannot be seen from here");
        }
        DaneVerdict verdict = new DaneVerifier(records, List.of(host, domain.ascii()))
                .verify(chain.stream().map(DaneCheck::octets).toList(), clock.instant());
        return switch (verdict) {
            case DaneVerdict.Verified verified -> Finding.fine(NAME, host, "its certificate fits its TLSA record");
            case DaneVerdict.Unusable unusable -> wrong(host, "its TLSA records cannot be used", chain);
            case DaneVerdict.Refused refused -> wrong(host, words(refused.problem()), chain);
        };
    }

    private static String words(DaneVerdict.Problem problem) {
        return switch (problem) {
            case NO_MATCH -> "its certificate fits no TLSA record";
            case WRONG_NAME -> "its certificate is for another name";
            case EXPIRED -> "its certificate, or its authority's, is not valid now";
            case NO_PATH -> "the authority of its TLSA record does not vouch for its certificate";
        };
    }

    private Finding wrong(String host, String found, List<X509Certificate> chain) {
        return new Finding(
                NAME,
                Status.FAILURE,
                host,
                found,
                "a record for the key that the host shows",
                WHO,
                chain.stream().findFirst().map(own -> record(host, own)).stream()
                        .toList());
    }

    /** DANE-EE, public key, SHA-256: survives a renewal with the same key. RFC 7672 §3.1. */
    private static String record(String host, X509Certificate own) {
        return Zone.record(
                at(host),
                "TLSA",
                "3 1 1 " + HexFormat.of().formatHex(sha256(own.getPublicKey().getEncoded())));
    }

    private List<X509Certificate> chain(String host) {
        return hosts.address(host).map(address -> shown.of(host, address)).orElse(List.of());
    }

    private static byte[] octets(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
