package dev.authmail.hold;

import dev.authmail.address.Domain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The holds that are in force, and those that were, for as long as a mail can wait that they held. Thread-safe. */
public final class Holds {
    private final Set<String> hops;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), Map.of());

    private record Known(Map<String, Hold> all, Map<HoldScope, Hold> inForce) {}

    /**
     * @param hops the names of all hops that mail can take: when each is held, every mail waits
     * @param clock tells how long a hold has been in force
     */
    public Holds(Set<String> hops, Clock clock) {
        this.hops = Set.copyOf(hops);
        this.clock = clock;
    }

    /**
     * Takes a record of the state topic; what is no hold is left to others.
     *
     * @return the hold, when the record brought it into force or ended it
     */
    public synchronized Optional<Hold> learn(String key, byte @Nullable [] value) {
        if (!key.startsWith(Hold.KEY_PREFIX)) {
            return Optional.empty();
        }
        Hold before = known.all().get(key);
        if (value == null) {
            replace(key, null);
            return Optional.ofNullable(before).filter(Hold::inForce).map(hold -> hold.endedAt(clock.instant()));
        }
        Optional<Hold> now = Hold.fromJson(value).filter(hold -> hold.key().equals(key));
        now.ifPresent(hold -> replace(key, hold));
        return now.filter(hold -> hold.inForce() != (before != null && before.inForce()));
    }

    private void replace(String key, @Nullable Hold hold) {
        Map<String, Hold> all = new HashMap<>(known.all());
        if (hold == null) {
            all.remove(key);
        } else {
            all.put(key, hold);
        }
        Instant now = clock.instant();
        all.values().removeIf(h -> h.isForgotten(now));
        known = new Known(
                Map.copyOf(all),
                all.values().stream()
                        .filter(Hold::inForce)
                        .collect(Collectors.toUnmodifiableMap(Hold::scope, h -> h, Holds::earlier)));
    }

    private static Hold earlier(Hold a, Hold b) {
        return a.since().isAfter(b.since()) ? b : a;
    }

    /** What is in force, the oldest first; one for each scope. */
    public List<Hold> inForce() {
        return known.inForce().values().stream()
                .sorted(Comparator.comparing(Hold::since))
                .toList();
    }

    /** Whether nothing is to be taken in. */
    public boolean holdEverything() {
        return known.inForce().containsKey(HoldScope.EVERYTHING);
    }

    /** What keeps a mail from being sent now, whatever the hop. */
    public Optional<Hold> holding(Domain domain, String purpose) {
        Map<HoldScope, Hold> inForce = known.inForce();
        if (inForce.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(inForce.get(HoldScope.EVERYTHING))
                .or(() -> Optional.ofNullable(inForce.get(domainOf(domain))))
                .or(() -> Optional.ofNullable(inForce.get(HoldScope.purpose(purpose))))
                .or(this::holdingEveryHop);
    }

    private Optional<Hold> holdingEveryHop() {
        List<Hold> found =
                hops.stream().flatMap(hop -> holdingHop(hop).stream()).toList();
        return found.size() == hops.size() ? found.stream().max(Comparator.comparing(Hold::since)) : Optional.empty();
    }

    /** What keeps mails from taking a hop now. */
    public Optional<Hold> holdingHop(String hop) {
        Map<HoldScope, Hold> inForce = known.inForce();
        return scopesOf(hop).stream()
                .flatMap(scope -> Optional.ofNullable(inForce.get(scope)).stream())
                .findFirst();
    }

    /**
     * How long holds have kept a mail from being sent since a moment; its deadline is later by that. A hop that was held
     * while another was open kept no mail, but one that has waited for it.
     *
     * @param since the event time
     * @param waited whether the mail waits because of a hold already
     */
    public Duration heldSince(Instant since, Domain domain, String purpose, boolean waited) {
        if (known.all().isEmpty()) {
            return Duration.ZERO;
        }
        List<HoldScope> mail = List.of(HoldScope.EVERYTHING, domainOf(domain), HoldScope.purpose(purpose));
        Periods held = periods(hold -> mail.contains(hold.scope()))
                .or(waited ? periods(hold -> hold.scope().kind() == HoldScope.Kind.ROUTE) : everyHopHeld());
        return held.and(Periods.of(List.of(new Periods.Period(since, clock.instant()))))
                .length();
    }

    private Periods everyHopHeld() {
        return hops.stream()
                .map(hop -> periods(hold -> scopesOf(hop).contains(hold.scope())))
                .reduce(Periods::and)
                .orElse(Periods.NONE);
    }

    private Periods periods(Predicate<Hold> which) {
        Instant now = clock.instant();
        return Periods.of(known.all().values().stream()
                .filter(which)
                .map(hold -> new Periods.Period(hold.since(), hold.until() == null ? now : hold.until()))
                .toList());
    }

    private static Set<HoldScope> scopesOf(String hop) {
        HoldScope itself = HoldScope.route(hop);
        boolean alone = hop.equals(HoldScope.DIRECT) || hop.equals(HoldScope.ALL_RELAYS);
        return alone ? Set.of(itself) : Set.of(itself, HoldScope.route(HoldScope.ALL_RELAYS));
    }

    /** An address in brackets has no name that could be held. */
    private static HoldScope domainOf(Domain domain) {
        return domain.isAddressLiteral() ? HoldScope.EVERYTHING : HoldScope.domain(domain);
    }
}
