package dev.authmail.camel;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What crosses the border of HTTP: of a request no header and no parameter enters a route, so that none can steer an
 * endpoint; of a route only what an answer needs leaves it.
 */
public final class HttpHeaders implements HeaderFilterStrategy {
    private static final Set<String> ANSWER = Set.of(
            "content-type",
            "content-language",
            "content-security-policy",
            "cache-control",
            "location",
            "allow",
            "referrer-policy",
            "retry-after",
            "vary",
            "x-content-type-options",
            "x-frame-options",
            "x-robots-tag",
            "cross-origin-opener-policy");

    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !ANSWER.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return true;
    }
}
