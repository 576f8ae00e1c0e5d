package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which headers cross between Kafka and the routes. Inwards none: what a record says in its headers is read by the event
 * reader and no one else, so no header can steer a route, a mail or an SMTP session. Outwards what a step has set.
 */
public final class WireHeaders implements HeaderFilterStrategy {
    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        boolean camels = name.regionMatches(true, 0, "camel", 0, 5);
        return camels || !(value instanceof String || value instanceof byte[]);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return true;
    }
}
