package dev.authmail.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * How many mails are under way to one provider at once, all its hosts together: each takes one connection. A provider that
 * opens again after it refused us gets one, then one more at a time, as Google asks for. A mail waits for one
 * as long as it may, but not while others have waited in vain. For this replica alone.
 */
public final class Connections implements Gate {
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final ToIntFunction<String> limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Lane> lanes = new HashMap<>();

    /** @param limit how many connections a provider may have, 1 or more */
    public Connections(ToIntFunction<String> limit) {
        this.limit = limit;
    }

    @Override
    public Admission ask(Destination to) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(to.provider(), provider -> new Lane(limit.applyAsInt(provider)));
            if (lane.enter(to.patience())) {
                return (Admission.Permit) reception -> leave(to.provider(), reception);
            }
            return denied(to.provider(), lane);
        } finally {
            lock.unlock();
        }
    }

    /** Who would have to wait, where others have waited in vain. */
    @Override
    public Optional<Admission.Denied> obstacle(Destination to) {
        lock.lock();
        try {
            Lane lane = lanes.get(to.provider());
            return lane != null && lane.isCongested() ? Optional.of(denied(to.provider(), lane)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static Admission.Denied denied(String provider, Lane lane) {
        return new Admission.Denied(
                Admission.Cause.LIMITED,
                "all " + lane.allowed() + " connections that " + provider + " may have are in use",
                SHORTEST_RETRY);
    }

    /** From now on one connection; each time all have taken a mail, one more, up to the limit. */
    public void beginSlowly(String provider) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(provider, p -> new Lane(limit.applyAsInt(p)));
            lane.ramp = 1;
            lane.accepted = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a provider has fewer connections than it may, because it has just opened. */
    public boolean beginsSlowly(String provider) {
        lock.lock();
        try {
            Lane lane = lanes.get(provider);
            return lane != null && lane.ramp > 0;
        } finally {
            lock.unlock();
        }
    }

    private void leave(String provider, Reception reception) {
        lock.lock();
        try {
            Lane lane = lanes.get(provider);
            if (lane != null && lane.leave(reception)) {
                lanes.remove(provider);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One provider; guarded by the lock. */
    private final class Lane {
        private final int limit;
        private final Condition free = lock.newCondition();
        private int inUse;
        private int waiting;
        private boolean congested;
        private int ramp;
        private int accepted;

        Lane(int limit) {
            this.limit = limit;
        }

        int allowed() {
            return ramp > 0 ? Math.min(ramp, limit) : limit;
        }

        boolean isCongested() {
            return congested && inUse >= allowed();
        }

        boolean enter(Duration patience) {
            if (inUse >= allowed() && !awaited(congested ? Duration.ZERO : patience)) {
                return false;
            }
            inUse++;
            congested &= inUse >= allowed(); // until one is free and more are left
            return true;
        }

        private boolean awaited(Duration patience) {
            long nanos = patience.toNanos();
            waiting++;
            try {
                while (inUse >= allowed() && nanos > 0) {
                    nanos = free.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting--;
            }
            congested |= inUse >= allowed();
            return inUse < allowed();
        }

        /** Whether nothing need be remembered. */
        boolean leave(Reception reception) {
            inUse--;
            if (ramp > 0 && reception instanceof Reception.Accepted && ++accepted >= ramp) {
                ramp = ramp + 1 < limit ? ramp + 1 : 0;
                accepted = 0;
            }
            free.signal();
            return inUse == 0 && waiting == 0 && ramp == 0 && !congested;
        }
    }
}
