package dev.authmail.smtp;

import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param maxPerServer connections to one server at a time, at least 1
 * @param maxTotal connections at a time, at least 1
 * @param idleTime how long a connection is kept without mail
 * @param maxMessages messages over one connection, at least 1
 * @param maxAge how old a connection may become
 * @param checkAfterIdle a connection that was idle for longer is asked (NOOP) before it is used
 */
public record PoolSettings(
        int maxPerServer, int maxTotal, Duration idleTime, int maxMessages, Duration maxAge, Duration checkAfterIdle) {
    /** What large providers bear with. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(20, 500, Duration.ofSeconds(20), 100, Duration.ofMinutes(5), Duration.ofSeconds(5));

    public PoolSettings {
        if (maxPerServer < 1 || maxTotal < 1 || maxMessages < 1) {
            throw new IllegalArgumentException("connections per server, connections in all and messages per connection"
                    + " must each be at least 1: " + maxPerServer + ", " + maxTotal + ", " + maxMessages);
        }
    }
}
