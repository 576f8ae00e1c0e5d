package dev.authmail.traffic;

import dev.authmail.traffic.Closure.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The providers that refused us on the direct route, the same on all replicas. Closed until a time, then half-open: one
 * mail probes; accepted, it opens and all is forgotten; refused, it closes for longer. Thread-safe.
 *
 * <p>Replicas share it through the state topic: who takes the turn to probe writes so, and the others wait. Each adds a
 * short time of its own before it takes the turn, so that mostly one does.
 */
public final class Closures implements Gate {
    private final String replica;
    private final ClosureSettings settings;
    private final SharedState shared;
    private final Listener listener;
    private final Clock clock;
    private final Map<String, Closure> closures = new HashMap<>();
    /** Providers that this replica has the turn to probe while no mail is on its way to them. */
    private final Set<String> turns = new HashSet<>();
    /** Own writes that did not come back yet: what comes before them is older than what is known. */
    private final Map<String, Integer> pending = new HashMap<>();

    /** Hears of what changes, on whatever replica it began. */
    public interface Listener {
        /** A provider was closed, or was closed again. */
        void closed(Closure closure);

        /** A provider was opened; {@code closure} tells what had closed it. */
        void opened(Closure closure);
    }

    /**
     * @param replica a name that no other replica has
     * @param settings how long a provider is closed
     * @param shared writes to the state topic
     * @param listener hears of changes
     * @param clock tells when to probe
     */
    public Closures(String replica, ClosureSettings settings, SharedState shared, Listener listener, Clock clock) {
        this.replica = replica;
        this.settings = settings;
        this.shared = shared;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public synchronized Admission ask(Destination to) {
        Closure closure = closures.get(to.provider());
        if (closure == null) {
            return permit(to.provider());
        }
        Instant now = now();
        if (turns.remove(to.provider()) && now.isBefore(closure.until())) {
            return probe(to.provider());
        }
        Instant turn = closure.until().plus(settings.delay());
        Optional<Admission.Denied> denied = before(closure, now, turn);
        if (denied.isPresent()) {
            return denied.get();
        }
        set(closure.with(State.PROBING, now.plus(Closure.PROBE), replica));
        return probe(to.provider());
    }

    @Override
    public synchronized Optional<Admission.Denied> obstacle(Destination to) {
        Closure closure = closures.get(to.provider());
        return closure == null || turns.contains(to.provider())
                ? Optional.empty()
                : before(closure, now(), closure.until().plus(settings.delay()));
    }

    private static Optional<Admission.Denied> before(Closure closure, Instant now, Instant turn) {
        return now.isBefore(turn)
                ? Optional.of(new Admission.Denied(Admission.Cause.CLOSED, words(closure), Duration.between(now, turn)))
                : Optional.empty();
    }

    private Admission.Permit permit(String provider) {
        return reception -> {
            if (reception instanceof Reception.RefusedUs refused) {
                refused(provider, refused);
            }
        };
    }

    /** Of mails that were on their way together only the first one closes. */
    private synchronized void refused(String provider, Reception.RefusedUs refused) {
        if (closures.containsKey(provider)
                || !refused.permanent() && refused.atLeast().isZero()) {
            return;
        }
        close(after(refused, provider, now(), 0));
    }

    private Admission.Permit probe(String provider) {
        return reception -> {
            synchronized (this) {
                Closure closure = closures.get(provider);
                if (closure != null
                        && closure.state() == State.PROBING
                        && closure.by().equals(replica)) {
                    probed(closure, reception);
                }
            }
        };
    }

    private void probed(Closure closure, Reception reception) {
        switch (reception) {
            case Reception.Accepted accepted -> open(closure);
            case Reception.RefusedUs refused
            when refused.permanent() || !refused.atLeast().isZero() ->
                close(after(refused, closure.provider(), closure.since(), closure.times()));
            case Reception.RefusedUs refused -> set(closure.with(State.CLOSED, now().plus(settings.pause()), replica));
            // These prove nothing: the turn stays here, for the next server or the next mail.
            case Reception.Answered answered -> turns.add(closure.provider());
            case Reception.Unreachable unreachable -> turns.add(closure.provider());
            case Reception.NotAsked none -> turns.add(closure.provider());
        }
    }

    /** 1 h, 2 h, 4 h … 24 h, or the wait that the rule names. */
    private Closure after(Reception.RefusedUs refused, String provider, Instant since, int before) {
        int times = before + (refused.permanent() ? 1 : 0);
        Duration length = refused.permanent() ? settings.length(times) : refused.atLeast();
        return new Closure(
                provider, State.CLOSED, refused.rule(), refused.reply(), since, now().plus(length), times, replica);
    }

    private void close(Closure closure) {
        set(closure);
        listener.closed(closure);
    }

    private void open(Closure closure) {
        set(closure.with(State.OPEN, now(), replica));
        listener.opened(closure);
    }

    /**
     * Opens a provider, for a check that failed before and passes now.
     *
     * @return whether it was closed
     */
    public synchronized boolean open(String provider) {
        Closure closure = closures.get(provider);
        if (closure != null) {
            open(closure);
        }
        return closure != null;
    }

    /** The providers that are closed or are being probed, the longest closed first. */
    public synchronized List<Closure> inForce() {
        return closures.values().stream()
                .sorted(Comparator.comparing(Closure::since))
                .toList();
    }

    private void set(Closure closure) {
        keep(closure);
        pending.merge(closure.provider(), 1, Integer::sum);
        shared.write(closure.key(), closure.toJson(), () -> cameBack(closure.provider()));
    }

    private void keep(Closure closure) {
        turns.remove(closure.provider());
        if (closure.state() == State.OPEN) {
            closures.remove(closure.provider());
        } else {
            closures.put(closure.provider(), closure);
        }
    }

    private synchronized void cameBack(String provider) {
        pending.computeIfPresent(provider, (p, count) -> count > 1 ? count - 1 : null);
    }

    /** Takes a record of the state topic; what is no closure is left to others. */
    public synchronized void learn(String key, byte @Nullable [] value) {
        if (!key.startsWith(Closure.KEY_PREFIX)) {
            return;
        }
        if (value == null) {
            forget(key.substring(Closure.KEY_PREFIX.length()));
            return;
        }
        Closure.fromJson(value).filter(c -> c.key().equals(key)).ifPresent(this::learn);
    }

    /** An operator opened it. */
    private void forget(String provider) {
        Closure known = closures.remove(provider);
        if (known != null) {
            listener.opened(known);
        }
    }

    private void learn(Closure closure) {
        if (closure.by().equals(replica)) {
            cameBack(closure.provider());
        }
        if (pending.containsKey(closure.provider())) {
            return;
        }
        Closure known = closures.get(closure.provider());
        keep(closure);
        if (closure.state() == State.OPEN && known != null) {
            listener.opened(known);
        } else if (closure.state() == State.CLOSED
                && (known == null
                        || known.times() != closure.times()
                        || known.until().isBefore(closure.until()))) {
            listener.closed(closure);
        }
    }

    /** As it stands in records. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String words(Closure closure) {
        return switch (closure.state()) {
            case CLOSED, OPEN ->
                "direct delivery to " + closure.provider() + " is closed until " + closure.until() + ": "
                        + closure.reply();
            case PROBING -> "direct delivery to " + closure.provider() + " is being probed: " + closure.reply();
        };
    }
}
