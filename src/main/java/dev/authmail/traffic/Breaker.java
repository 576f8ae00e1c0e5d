package dev.authmail.traffic;

import java.time.Duration;
import java.time.Instant;

/**
 * The circuit breaker of one server. Closed, it counts failures in a row; open, it bars the server for a time; half-open,
 * one session is tried without a mail, so that no mail waits for a server that is dead. Thread-safe.
 */
final class Breaker {
    /** What a mail may do now. */
    enum Passage {
        /** Go. */
        FREE,
        /** Pass the server by. */
        BARRED,
        /** Try a session first, and tell how that went. */
        PROBE
    }

    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final BreakerSettings settings;
    private State state = State.CLOSED;
    private int failures;
    private int openings;
    private Instant until = Instant.MIN;

    Breaker(BreakerSettings settings) {
        this.settings = settings;
    }

    synchronized Passage ask(Instant now) {
        if (state == State.CLOSED) {
            return Passage.FREE;
        }
        if (now.isBefore(until)) {
            return Passage.BARRED;
        }
        // Should nobody ever tell how the session went, another is tried after the longest time.
        state = State.HALF_OPEN;
        until = now.plus(settings.longest());
        return Passage.PROBE;
    }

    /** Whether who asks now would be barred. */
    synchronized boolean isBarred(Instant now) {
        return state != State.CLOSED && now.isBefore(until);
    }

    /** How long it is barred at least. */
    synchronized Duration retryAfter(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * A session was opened: mails may go, and the first failure opens it again.
     *
     * @return whether this closed it
     */
    synchronized boolean probed() {
        if (state != State.HALF_OPEN) {
            return false;
        }
        state = State.CLOSED;
        failures = settings.failures() - 1;
        return true;
    }

    /** No session could be opened. */
    synchronized void probeFailed(Instant now) {
        if (state == State.HALF_OPEN) {
            open(now);
        }
    }

    /**
     * A mail found the server failing. One that began before the breaker opened says nothing new.
     *
     * @param silent two silences are enough: who is silent keeps a mail waiting for long
     * @return whether this opened it
     */
    synchronized boolean failed(boolean silent, Instant now) {
        failures += silent ? (settings.failures() + 1) / 2 : 1;
        if (state != State.CLOSED || failures < settings.failures()) {
            return false;
        }
        open(now);
        return true;
    }

    synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    private void open(Instant now) {
        Duration time = settings.open();
        for (int i = 0; i < openings && time.compareTo(settings.longest()) < 0; i++) {
            time = time.multipliedBy(2);
        }
        state = State.OPEN;
        failures = 0;
        openings++;
        until = now.plus(time.compareTo(settings.longest()) > 0 ? settings.longest() : time);
    }
}
