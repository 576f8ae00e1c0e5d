package dev.authmail.delivery;

import java.util.Arrays;
import java.util.Set;

/**
 * Who runs a mail host: what is about us at one host of a provider is so at all of them.
 *
 * @param key the domain under which the provider registered its hosts, such as {@code google.com}
 */
public record Provider(String key) {
    // Second-level labels under a country's domain where registration happens one level deeper.
    private static final Set<String> SHARED =
            Set.of("ac", "ad", "co", "com", "ed", "edu", "go", "gov", "gr", "lg", "ne", "net", "or", "org");

    /** The provider of a host: its last two labels, three under {@code ne.jp} and its like. */
    public static Provider of(String host) {
        String[] labels = host.split("\\.");
        int n = labels.length;
        boolean deeper = n > 2 && labels[n - 1].length() == 2 && SHARED.contains(labels[n - 2]);
        int keep = Math.min(n, deeper ? 3 : 2);
        return new Provider(String.join(".", Arrays.copyOfRange(labels, n - keep, n)));
    }
}
