package dev.authmail.doctor;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.mtasts.PolicySource;
import dev.authmail.smtp.CertificateCheck;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the domain that takes our mail says of TLS with its mail hosts, held against what they do: others obey it.
 *
 * @param web serves MTA-STS policies
 * @param shown sees what mail hosts show
 */
public record MailHostChecks(PolicySource web, ShownCertificates shown) {
    private static final Duration LIMIT = Duration.ofSeconds(4);

    /**
     * Dials mail hosts.
     *
     * @param port of mail hosts: 25, but for tests
     */
    public static MailHostChecks dialling(PolicySource web, SmtpProbe probe, int port) {
        return new MailHostChecks(web, (host, address) -> {
            Witness witness = new Witness(host, new AtomicReference<>(List.of()));
            probe.probe(new SmtpServer(host, address, port, TlsPolicy.DANE, witness, null, false), Deadline.in(LIMIT));
            return witness.chain().get();
        });
    }

    /** The checks of a domain. */
    public List<Check> of(Domain domain, Dns dns, Clock clock) {
        MailHosts hosts = new MailHosts(dns, domain);
        return List.of(new MtaStsCheck(dns, hosts, web, clock), new DaneCheck(dns, hosts, shown, clock));
    }

    /** Judges nothing, and remembers what it saw. */
    private record Witness(String serverName, AtomicReference<List<X509Certificate>> chain)
            implements CertificateCheck {
        @Override
        public CertificateVerdict judge(List<X509Certificate> presented) {
            chain.set(List.copyOf(presented));
            return CertificateVerdict.TLSA_MATCHED;
        }
    }
}
