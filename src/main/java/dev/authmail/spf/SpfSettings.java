package dev.authmail.spf;

import java.time.Duration;

/**
 * Limits of an evaluation. RFC 7208 §4.6.4.
 *
 * @param maxLookups how many terms may ask the DNS
 * @param maxVoidLookups how many of these may find nothing
 * @param timeout how long it may take; what is not known by then is a temperror
 * @param receiver the name of who asks, for {@code %{r}} in explanations
 */
public record SpfSettings(int maxLookups, int maxVoidLookups, Duration timeout, String receiver) {
    /** The limits of the RFC: 10, 2, 20 s. */
    public static SpfSettings defaults() {
        return new SpfSettings(10, 2, Duration.ofSeconds(20), "unknown");
    }
}
