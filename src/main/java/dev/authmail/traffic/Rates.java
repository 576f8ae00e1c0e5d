package dev.authmail.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/**
 * How many mails a minute go to a provider: evenly, with as many at once as come in ten seconds. What is over does not
 * wait here. A generic cell rate algorithm: all that is kept of a provider is when its next mail would be due, and only
 * while that lies ahead. For this replica alone.
 */
public final class Rates implements Gate {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final ToIntFunction<String> perMinute;
    private final Clock clock;
    private final ConcurrentMap<String, Instant> due = new ConcurrentHashMap<>();
    private volatile Instant swept = Instant.MIN;

    /**
     * @param perMinute how many mails a minute go to a provider; 0: as many as come
     * @param clock tells when the next is due
     */
    public Rates(ToIntFunction<String> perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    @Override
    public Admission ask(Destination to) {
        int limit = perMinute.applyAsInt(to.provider());
        return limit == 0 ? OPEN.ask(to) : ask(to.provider(), limit);
    }

    private Admission ask(String provider, int limit) {
        Instant now = clock.instant();
        Duration each = Duration.ofMinutes(1).dividedBy(limit);
        Duration ahead = AT_ONCE.compareTo(each) > 0 ? AT_ONCE : each;
        AtomicBoolean mayGo = new AtomicBoolean();
        Instant next = due.compute(provider, (p, before) -> {
            Instant after = (before == null || before.isBefore(now) ? now : before).plus(each);
            mayGo.set(!after.isAfter(now.plus(ahead)));
            return mayGo.get() ? after : before;
        });
        sweep(now);
        if (mayGo.get()) {
            return (Admission.Permit) reception -> ended(provider, each, reception);
        }
        return new Admission.Denied(
                Admission.Cause.LIMITED,
                provider + " gets no more than " + limit + " mails a minute",
                Duration.between(now.plus(ahead), next.plus(each)));
    }

    private void ended(String provider, Duration each, Reception reception) {
        if (reception instanceof Reception.NotAsked) {
            due.computeIfPresent(provider, (p, next) -> next.minus(each));
        }
    }

    /** Providers whose next mail may go at once are as good as unknown. */
    private void sweep(Instant now) {
        if (swept.plus(Duration.ofMinutes(1)).isBefore(now)) {
            swept = now;
            due.values().removeIf(next -> next.isBefore(now));
        }
    }
}
