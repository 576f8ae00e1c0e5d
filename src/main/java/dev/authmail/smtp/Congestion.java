package dev.authmail.smtp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers to which a free connection was waited for in vain. Who comes next does not wait, until one is free and more
 * are left: otherwise everybody would in time be waiting for the slowest. Thread-safe.
 */
final class Congestion {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Map<SmtpServer, Deadline> servers = new ConcurrentHashMap<>();

    /** How long may be waited for this server. */
    Duration patience(SmtpServer server, Duration wanted) {
        Deadline until = servers.get(server);
        return until == null || until.hasPassed() ? wanted : Duration.ZERO;
    }

    /** Nothing was free in time. */
    void waitedInVain(SmtpServer server) {
        servers.values().removeIf(Deadline::hasPassed);
        servers.put(server, Deadline.in(REMEMBERED));
    }

    /** One was free, and more are. */
    void isOver(SmtpServer server) {
        servers.remove(server);
    }
}
