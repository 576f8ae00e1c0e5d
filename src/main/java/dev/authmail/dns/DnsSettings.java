package dev.authmail.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the DNS is asked.
 *
 * @param servers the recursive servers, tried in turn; empty for those of the operating system
 * @param timeout the longest that one question may take, all servers and tries included
 * @param retries how often each server is asked at most, 1 or more
 * @param cacheEntries how many names are remembered at most
 * @param maxTtl the longest that an answer is remembered, whatever its TTL says
 * @param maxNegativeTtl the longest that "no such name" and "no data" are remembered. RFC 2308 §5
 */
public record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        int retries,
        int cacheEntries,
        Duration maxTtl,
        Duration maxNegativeTtl) {
    public DnsSettings {
        servers = List.copyOf(servers);
        require(timeout.isPositive(), "The DNS time limit is " + timeout + "; it must be longer than zero");
        require(retries >= 1, "DNS retries are " + retries + "; ask each server once at least");
        require(cacheEntries >= 1, "The DNS cache holds " + cacheEntries + " names; it needs room for one at least");
        require(!maxTtl.isNegative() && !maxNegativeTtl.isNegative(), "A DNS cache time must not be negative");
    }

    /** The servers of the operating system, 10 s, two tries, an hour (a minute for what does not exist). */
    public static DnsSettings defaults() {
        return new DnsSettings(
                List.of(), Duration.ofSeconds(10), 2, 10_000, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
