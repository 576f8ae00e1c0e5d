package dev.authmail.tlsreport;

import dev.authmail.address.Domain;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.TlsObserver;
import dev.authmail.mx.MailExchanger;
import dev.authmail.tlspolicy.DomainTls;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, for each domain and day, how TLS with its mail hosts went; one count a mail, over however many connections.
 * For this replica alone, in memory: a restart forgets it. Bounded: domains beyond {@value #MAX_DOMAINS} a day are not
 * told of. Thread-safe.
 */
public final class TlsSessions implements TlsObserver {
    /** Of one day. */
    static final int MAX_DOMAINS = 10_000;

    private final Clock clock;
    private final Map<LocalDate, Map<String, DomainDay>> days = new LinkedHashMap<>();

    /** @param clock tells the day */
    public TlsSessions(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void saw(Domain domain, DomainTls demanded, MailExchanger host, HopResult result) {
        if (!domain.isAddressLiteral()) {
            SessionVerdict.of(demanded, host, result).ifPresent(verdict -> count(domain.ascii(), verdict));
        }
    }

    private synchronized void count(String domain, SessionVerdict verdict) {
        LocalDate today = today();
        Map<String, DomainDay> domains = days.computeIfAbsent(today, day -> new LinkedHashMap<>());
        if (domains.size() < MAX_DOMAINS || domains.containsKey(domain)) {
            domains.computeIfAbsent(domain, d -> new DomainDay(today, d)).add(verdict);
        }
    }

    /** Takes what was counted on days that are over; it is forgotten here. */
    synchronized List<DomainDay> takeEnded() {
        LocalDate today = today();
        List<DomainDay> ended = new ArrayList<>();
        days.entrySet().removeIf(day -> {
            boolean over = day.getKey().isBefore(today);
            if (over) {
                ended.addAll(day.getValue().values());
            }
            return over;
        });
        return ended;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
