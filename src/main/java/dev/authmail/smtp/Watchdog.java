package dev.authmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a socket when its time is up. A read timeout of the socket begins anew with every octet, and there is none for
 * writing: only this holds against a server that drips, or that stops reading.
 */
final class Watchdog {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("smtp-watchdog").factory());

    Watchdog() {
        scheduler.setRemoveOnCancelPolicy(true);
        // Nobody has to stop it: the thread ends when nothing is guarded.
        scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
    }

    /** Guards the socket until the guard is closed. */
    Guard guard(Socket socket, Deadline deadline) {
        Guard guard = new Guard(socket);
        Future<?> alarm = scheduler.schedule(guard::fire, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        guard.onClose = () -> alarm.cancel(false);
        return guard;
    }

    /** One stretch of time in which a socket may be used. */
    static final class Guard implements AutoCloseable {
        private final Socket socket;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean fired;
        private Runnable onClose = () -> {};

        private Guard(Socket socket) {
            this.socket = socket;
        }

        /** Whether the time was up before the work was done; the socket is closed then. */
        boolean hasFired() {
            return fired;
        }

        private void fire() {
            if (over.compareAndSet(false, true)) {
                fired = true;
                closeQuietly(socket);
            }
        }

        @Override
        public void close() {
            over.set(true);
            onClose.run();
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
