package dev.authmail.mtasts;

import dev.authmail.address.Domain;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.mtasts.KnownPolicies.Known;
import dev.authmail.tlsrpt.ResultType;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The MTA-STS policies of domains: found by their record, fetched when it is new, kept for their max_age even when the
 * record or the web server is gone. Thread-safe; each domain is fetched by one caller at a time. RFC 8461 §3.3, §5.1.
 */
public final class StsPolicies {
    private final Dns dns;
    private final PolicySource source;
    private final StsSettings settings;
    private final Clock clock;
    private final KnownPolicies known;
    private final Map<Domain, CompletableFuture<PolicyFetch>> underWay = new ConcurrentHashMap<>();

    public StsPolicies(Dns dns, PolicySource source, StsSettings settings, Clock clock) {
        this.dns = dns;
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        this.known = new KnownPolicies(settings.maxDomains());
    }

    /** What applies to mail to a domain now. Asks the DNS, and the web server when the record is new. */
    public StsLookup lookup(Domain domain) {
        if (domain.isAddressLiteral()) {
            return new StsLookup.None();
        }
        Optional<StsRecord> record = record(domain);
        Optional<Known> before = known.get(domain);
        if (record.isEmpty()) {
            return before.flatMap(this::valid)
                    .<StsLookup>map(StsLookup.Applies::new)
                    .orElseGet(StsLookup.None::new);
        }
        String id = record.get().id();
        return answer(before.filter(k -> isCurrent(k, id)).orElseGet(() -> fetch(domain, id)));
    }

    /** Fetches again what has become old, one domain after the other; for a timer. RFC 8461 §3.3, §10.2. */
    public void refreshOld() {
        for (Domain domain : known.olderThan(settings.refreshAfter(), clock.instant())) {
            known.get(domain).ifPresent(old -> known.put(domain, old.id(), source.fetch(domain), clock.instant()));
        }
    }

    private Optional<StsRecord> record(Domain domain) {
        return switch (dns.txt(StsRecord.LABEL + "." + domain.ascii())) {
            case DnsAnswer.Found<String> found ->
                switch (StsRecord.ofAll(found.records())) {
                    case ParsedStsRecord.Valid valid -> Optional.of(valid.record());
                    case ParsedStsRecord.Invalid invalid -> Optional.empty();
                };
            case DnsAnswer.NoData<String> none -> Optional.empty();
            case DnsAnswer.NoSuchName<String> none -> Optional.empty();
            case DnsAnswer.Failed<String> failed -> Optional.empty();
        };
    }

    /** Whether there is nothing to fetch: the policy is that of the record, or a fetch failed a moment ago. */
    private boolean isCurrent(Known entry, String id) {
        KnownPolicies.Failure failure = entry.failure();
        boolean failedJustNow = failure != null
                && failure.id().equals(id)
                && clock.instant().isBefore(failure.at().plus(settings.retryAfter()));
        return failedJustNow || (entry.id().equals(id) && valid(entry).isPresent());
    }

    private StsLookup answer(Known entry) {
        Optional<StsPolicy> valid = valid(entry);
        if (valid.isPresent()) {
            return new StsLookup.Applies(valid.get());
        }
        KnownPolicies.Failure failure = entry.failure();
        return failure == null ? new StsLookup.None() : new StsLookup.Unavailable(failure.why());
    }

    private Optional<StsPolicy> valid(Known entry) {
        return entry.policyAt(clock.instant(), settings.retryAfter());
    }

    private Known fetch(Domain domain, String id) {
        CompletableFuture<PolicyFetch> mine = new CompletableFuture<>();
        CompletableFuture<PolicyFetch> others = underWay.putIfAbsent(domain, mine);
        if (others != null) {
            return known.put(domain, id, others.join(), clock.instant());
        }
        try {
            // Another may have come to its end a moment ago.
            return known.get(domain).filter(k -> isCurrent(k, id)).orElseGet(() -> {
                PolicyFetch fetch = source.fetch(domain);
                mine.complete(fetch);
                return known.put(domain, id, fetch, clock.instant());
            });
        } finally {
            mine.complete(new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, "the fetch was broken off"));
            underWay.remove(domain, mine);
        }
    }
}
