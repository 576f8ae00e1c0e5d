package dev.authmail.tlspolicy;

import dev.authmail.address.Domain;
import dev.authmail.dane.TlsaLookup;
import dev.authmail.dns.Dns;
import dev.authmail.https.StrangersHttps;
import dev.authmail.mtasts.HttpsPolicySource;
import dev.authmail.mtasts.StsLookup;
import dev.authmail.mtasts.StsPolicies;
import dev.authmail.mtasts.StsSettings;
import dev.authmail.mx.MxLookup;
import dev.authmail.smtp.TlsPolicy;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what TLS the hosts of a domain must give. Thread-safe. */
public final class TlsPolicies implements AutoCloseable {
    private static final int REFRESH_MINUTES = 60;

    private final @Nullable TlsaLookup dane;
    private final @Nullable StsPolicies sts;
    private final Clock clock;
    private final Runnable end;

    /**
     * @param dane null when DANE is off
     * @param sts null when MTA-STS is off
     * @param clock tells the time at which certificates must be valid
     */
    public TlsPolicies(@Nullable TlsaLookup dane, @Nullable StsPolicies sts, Clock clock) {
        this(dane, sts, clock, () -> {});
    }

    private TlsPolicies(@Nullable TlsaLookup dane, @Nullable StsPolicies sts, Clock clock, Runnable end) {
        this.dane = dane;
        this.sts = sts;
        this.clock = clock;
        this.end = end;
    }

    /**
     * Obeys what settings say, and keeps MTA-STS policies fresh until it is closed.
     *
     * @param dns opened by the same settings
     * @param port of the mail hosts
     * @param mayConnect whether a web server that a stranger names may be dialled
     */
    public static TlsPolicies open(TlsSettings settings, Dns dns, int port, Predicate<String> mayConnect, Clock clock) {
        TlsaLookup dane = settings.dane() == TlsSettings.Dane.OFF ? null : new TlsaLookup(dns, port);
        if (!settings.sts()) {
            return new TlsPolicies(dane, null, clock);
        }
        HttpsPolicySource source = new HttpsPolicySource(new StrangersHttps(
                settings.authorities().sslContext(), settings.proxy(), settings.fetchTimeout(), mayConnect));
        StsPolicies sts = new StsPolicies(dns, source, StsSettings.of(settings.maxDomains()), clock);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("mta-sts-refresh").factory());
        timer.scheduleWithFixedDelay(sts::refreshOld, REFRESH_MINUTES, REFRESH_MINUTES, TimeUnit.MINUTES);
        return new TlsPolicies(dane, sts, clock, () -> {
            timer.shutdownNow();
            source.close();
        });
    }

    /**
     * What a domain demands of its hosts.
     *
     * @param mx the hosts that were found for it
     * @param otherwise what settings demand where the domain demands nothing
     */
    public DomainTls of(Domain domain, MxLookup.Found mx, TlsPolicy otherwise) {
        return new DomainTls(
                // RFC 7672 §2.2.1: whoever can forge the MX records can name a host of his own.
                mx.secure() ? dane : null,
                Stream.of(domain.ascii(), mx.owner()).distinct().toList(),
                sts == null ? new StsLookup.None() : sts.lookup(domain),
                otherwise,
                clock);
    }

    @Override
    public void close() {
        end.run();
    }
}
