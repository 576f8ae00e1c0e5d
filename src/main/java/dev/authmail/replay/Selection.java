package dev.authmail.replay;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is empty or null asks for nothing.
 *
 * @param reasons one of these
 * @param faults one of these
 * @param provider the next hop's host, or a domain above it, such as {@code google.com}; lower case
 * @param since written at this time or later
 * @param until written before this time
 * @param events of one of these events
 */
public record Selection(
        Set<Reason> reasons,
        Set<Fault> faults,
        @Nullable String provider,
        @Nullable Instant since,
        @Nullable Instant until,
        Set<EventId> events) {
    /** All of them. */
    public static final Selection ALL = new Selection(Set.of(), Set.of(), null, null, null, Set.of());

    public Selection {
        reasons = Set.copyOf(reasons);
        faults = Set.copyOf(faults);
        events = Set.copyOf(events);
    }

    boolean takes(DeadLetter letter) {
        return isIn(reasons, letter.reason())
                && isIn(faults, letter.fault())
                && isIn(events, letter.event())
                && isInTime(letter.at())
                && isAt(letter.host());
    }

    private static <T> boolean isIn(Set<T> wanted, @Nullable T value) {
        return wanted.isEmpty() || value != null && wanted.contains(value);
    }

    private boolean isInTime(Instant at) {
        return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
    }

    private boolean isAt(@Nullable String host) {
        return provider == null || host != null && (host.equals(provider) || host.endsWith("." + provider));
    }
}
