package dev.authmail.tlspolicy;

import dev.authmail.dane.TlsaAnswer;
import dev.authmail.dane.TlsaLookup;
import dev.authmail.mtasts.StsLookup;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mx.HostAddresses;
import dev.authmail.mx.MailExchanger;
import dev.authmail.smtp.TlsPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much TLS the hosts of one domain must give, host by host. */
public final class DomainTls {
    private final @Nullable TlsaLookup dane;
    private final List<String> nextHop;
    private final StsLookup sts;
    private final TlsPolicy otherwise;
    private final Clock clock;

    /**
     * @param dane null when the MX records are not proven, or DANE is off
     * @param nextHop the names of the domain that a DANE-TA certificate may be for. RFC 7672 §3.2.2
     * @param sts what MTA-STS says
     * @param otherwise what settings demand where the domain demands nothing
     */
    DomainTls(@Nullable TlsaLookup dane, List<String> nextHop, StsLookup sts, TlsPolicy otherwise, Clock clock) {
        this.dane = dane;
        this.nextHop = List.copyOf(nextHop);
        this.sts = sts;
        this.otherwise = otherwise;
        this.clock = clock;
    }

    /** What MTA-STS says of the domain, whether or not DANE goes before it. */
    public StsLookup sts() {
        return sts;
    }

    /** Whether the host may be used, and how. RFC 8461 §2: DANE goes first. */
    public HostTls of(MailExchanger host, HostAddresses.Found addresses) {
        TlsaAnswer tlsa =
                dane == null ? new TlsaAnswer.None() : dane.of(host.host(), addresses.secure(), addresses.owner());
        return switch (tlsa) {
            case TlsaAnswer.Failed failed -> new HostTls.Unproven(host.host() + ": " + failed.detail());
            case TlsaAnswer.None none -> enforced(host).orElseGet(() -> new HostTls.Use(otherwise, null));
            case TlsaAnswer.Found found ->
                found.records().demandCertificate()
                        ? new HostTls.Use(TlsPolicy.DANE, DaneCheck.of(found, nextHop, clock))
                        // RFC 7672 §2.2: TLS without a check, unless MTA-STS demands one.
                        : enforced(host).orElseGet(() -> new HostTls.Use(TlsPolicy.DANE, null));
        };
    }

    private Optional<HostTls> enforced(MailExchanger host) {
        if (!(sts instanceof StsLookup.Applies(StsPolicy policy)) || policy.mode() != StsPolicy.Mode.ENFORCE) {
            return Optional.empty();
        }
        return Optional.of(
                policy.names(host.host())
                        ? new HostTls.Use(TlsPolicy.MTA_STS, null)
                        : new HostTls.NotInPolicy("the MTA-STS policy of the domain does not name " + host.host()));
    }
}
