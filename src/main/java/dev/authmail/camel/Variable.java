package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One typed exchange variable. Variables travel beside the body and never leak to Kafka or into a mail.
 *
 * @param name as routes write it, {@code ${variable.name}}
 * @param type of the value
 * @param <T> type of the value
 */
record Variable<T>(String name, Class<T> type) {
    /** The value. @throws IllegalStateException when no earlier step has set it */
    T of(Exchange exchange) {
        T value = orNull(exchange);
        if (value == null) {
            throw new IllegalStateException("no earlier step has set the variable " + name);
        }
        return value;
    }

    /** The value, or null when no earlier step has set it. */
    @Nullable
    T orNull(Exchange exchange) {
        return exchange.getVariable(name, type);
    }

    void set(Exchange exchange, T value) {
        exchange.setVariable(name, value);
    }

    void clear(Exchange exchange) {
        exchange.removeVariable(name);
    }
}
