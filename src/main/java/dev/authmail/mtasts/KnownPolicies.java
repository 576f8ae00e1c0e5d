package dev.authmail.mtasts;

import dev.authmail.address.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of each domain's policy; the domain used longest ago makes room for another. Thread-safe. */
final class KnownPolicies {
    private final Map<Domain, Known> byDomain;

    /**
     * One domain.
     *
     * @param id of the record under which the policy was fetched
     * @param policy the last that was fetched
     * @param fetched when
     * @param failure of the last fetch, if it failed
     */
    record Known(
            String id,
            @Nullable StsPolicy policy,
            Instant fetched,
            @Nullable Failure failure) {
        static final Known NOTHING = new Known("", null, Instant.EPOCH, null);

        /** The policy, when it may still be applied. RFC 8461 §3.2: max_age. */
        Optional<StsPolicy> policyAt(Instant now, Duration atLeast) {
            return Optional.ofNullable(policy).filter(p -> {
                Duration age = p.maxAge().compareTo(atLeast) > 0 ? p.maxAge() : atLeast;
                return now.isBefore(fetched.plus(age));
            });
        }

        /** This, after another fetch under that id. */
        Known after(PolicyFetch fetch, String newId, Instant now) {
            return switch (fetch) {
                case PolicyFetch.Fetched(StsPolicy fresh) -> new Known(newId, fresh, now, null);
                case PolicyFetch.Failed failed -> new Known(id, policy, fetched, new Failure(newId, failed, now));
            };
        }
    }

    /**
     * A fetch that failed.
     *
     * @param id of the record under which it was tried
     * @param why what went wrong
     * @param at when
     */
    record Failure(String id, PolicyFetch.Failed why, Instant at) {}

    KnownPolicies(int maxDomains) {
        this.byDomain = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Domain, Known> eldest) {
                return size() > maxDomains;
            }
        };
    }

    synchronized Optional<Known> get(Domain domain) {
        return Optional.ofNullable(byDomain.get(domain));
    }

    /** Remembers the end of a fetch. */
    synchronized Known put(Domain domain, String id, PolicyFetch fetch, Instant now) {
        Known known = byDomain.getOrDefault(domain, Known.NOTHING).after(fetch, id, now);
        byDomain.put(domain, known);
        return known;
    }

    /** The domains whose policy is still good and older than that. */
    synchronized List<Domain> olderThan(Duration age, Instant now) {
        return byDomain.entrySet().stream()
                .filter(e -> e.getValue().policyAt(now, Duration.ZERO).isPresent())
                .filter(e -> e.getValue().fetched().isBefore(now.minus(age)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
