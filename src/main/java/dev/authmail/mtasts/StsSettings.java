package dev.authmail.mtasts;

import java.time.Duration;

/**
 * How policies are kept.
 *
 * @param maxDomains how many are known at most; the one used longest ago is forgotten first
 * @param refreshAfter how old one may become before it is fetched again in the background
 * @param retryAfter how long a failed fetch is not repeated, and how long a policy is kept at least. RFC 8461 §3.3
 */
public record StsSettings(int maxDomains, Duration refreshAfter, Duration retryAfter) {
    /** So many domains, fetched again after a day; a failed fetch is repeated after five minutes. */
    public static StsSettings of(int maxDomains) {
        return new StsSettings(maxDomains, Duration.ofDays(1), Duration.ofMinutes(5));
    }
}
