package dev.authmail.traffic;

import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.SmtpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A circuit breaker for each server that fails: those that keep failing to connect, time out or answer 421 are passed by.
 * Nothing is kept of servers that work. For this replica alone: each finds out by itself, at the cost of a few mails.
 */
public final class Breakers implements Gate {
    /** Servers that are failing at once; more are asked as if they worked. */
    static final int MAX_SERVERS = 10_000;

    /** How long the mail that starts a probe waits for it: a server that is back answers sooner. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration SESSION = Duration.ofMinutes(2);

    private final Map<SmtpServer, Failing> failing = new ConcurrentHashMap<>();
    private final BreakerSettings settings;
    private final Probe probe;
    private final Listener listener;
    private final Clock clock;

    private record Failing(Destination where, Breaker breaker) {}

    /** Opens a session with a server, as for a mail, and ends it. */
    @FunctionalInterface
    public interface Probe {
        /** Whether the server would take a mail. */
        boolean answers(SmtpServer server, Deadline deadline);
    }

    /** Hears of what changes. */
    @FunctionalInterface
    public interface Listener {
        /** A server is passed by from now on, or is not any more. */
        void changed(Destination where, boolean open);
    }

    /**
     * @param settings when a server is passed by
     * @param probe tries a session
     * @param listener hears of changes
     * @param clock tells when to probe
     */
    public Breakers(BreakerSettings settings, Probe probe, Listener listener, Clock clock) {
        this.settings = settings;
        this.probe = probe;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Admission ask(Destination to) {
        Failing known = failing.get(to.server());
        if (known == null) {
            return permit(to);
        }
        Breaker breaker = known.breaker();
        return switch (breaker.ask(clock.instant())) {
            case FREE -> permit(to);
            case BARRED -> denied(to, breaker);
            case PROBE -> probed(to, breaker) ? permit(to) : denied(to, breaker);
        };
    }

    @Override
    public Optional<Admission.Denied> obstacle(Destination to) {
        return Optional.ofNullable(failing.get(to.server()))
                .filter(f -> f.breaker().isBarred(clock.instant()))
                .map(f -> denied(to, f.breaker()));
    }

    /** How many of these servers are passed by now. */
    public long open(Predicate<Destination> which) {
        return failing.values().stream()
                .filter(f -> !f.breaker().isClosed() && which.test(f.where()))
                .count();
    }

    private Admission.Denied denied(Destination to, Breaker breaker) {
        return new Admission.Denied(
                Admission.Cause.UNREACHABLE,
                to.server().label() + " keeps failing and is passed by",
                breaker.retryAfter(clock.instant()));
    }

    private Admission.Permit permit(Destination to) {
        return reception -> {
            switch (reception) {
                case Reception.Unreachable failed -> failed(to, failed.silent());
                case Reception.Accepted accepted -> works(to);
                case Reception.Answered answered -> works(to);
                case Reception.RefusedUs refused -> works(to);
                case Reception.NotAsked none -> {}
            }
        };
    }

    private void failed(Destination to, boolean silent) {
        if (settings.failures() == 0 || failing.size() >= MAX_SERVERS && !failing.containsKey(to.server())) {
            return;
        }
        Failing known = failing.computeIfAbsent(to.server(), s -> new Failing(to, new Breaker(settings)));
        if (known.breaker().failed(silent, clock.instant())) {
            listener.changed(to, true);
        }
    }

    private void works(Destination to) {
        Failing before = failing.remove(to.server());
        if (before != null && !before.breaker().isClosed()) {
            listener.changed(to, false);
        }
    }

    /** In a thread of its own: the mail waits for a moment only, the session may take its time. */
    private boolean probed(Destination to, Breaker breaker) {
        CompletableFuture<Boolean> session = new CompletableFuture<>();
        Thread.ofVirtual().name("probe-" + to.server().host()).start(() -> session.complete(probe(to, breaker)));
        try {
            return session.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean probe(Destination to, Breaker breaker) {
        if (probe.answers(to.server(), Deadline.in(SESSION))) {
            if (breaker.probed()) {
                listener.changed(to, false);
            }
            return true;
        }
        breaker.probeFailed(clock.instant());
        return false;
    }
}
