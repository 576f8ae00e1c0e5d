package dev.authmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a socket when its time is up. A read timeout of the socket begins anew with every octet, and there is none for
 * writing: only this holds against a server that drips, or that stops reading.
 *
 * <p>Every step of every conversation is guarded, and next to none runs late. So a guard is no alarm of its own but an
 * entry in a set, which one thread looks through at short intervals while there are any.
 */
final class Watchdog {
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("smtp-watchdog").factory());

    Watchdog() {
        // Nobody has to stop it: the thread ends when nothing is guarded.
        scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
    }

    /** Guards the socket until the guard is closed. */
    Guard guard(Socket socket, Deadline deadline) {
        Guard guard = new Guard(socket, deadline);
        guards.add(guard);
        lookSoon();
        return guard;
    }

    private void lookSoon() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            scheduler.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        guards.forEach(Guard::fireWhenLate);
        looking.set(false);
        if (!guards.isEmpty()) {
            lookSoon();
        }
    }

    /** One stretch of time in which a socket may be used. */
    final class Guard implements AutoCloseable {
        private final Socket socket;
        private final Deadline deadline;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean fired;

        private Guard(Socket socket, Deadline deadline) {
            this.socket = socket;
            this.deadline = deadline;
        }

        /** Whether the time was up before the work was done; the socket is closed then. */
        boolean hasFired() {
            return fired;
        }

        private void fireWhenLate() {
            if (deadline.hasPassed() && over.compareAndSet(false, true)) {
                fired = true;
                closeQuietly(socket);
            }
        }

        @Override
        public void close() {
            over.set(true);
            guards.remove(this);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot even be closed is of no use to anyone; whoever reads from it sees that.
        }
    }
}
