package dev.authmail.page;

import java.util.List;

/**
 * A route, for the picture.
 *
 * @param id its id
 * @param description what it is for
 * @param from the endpoint it reads, without options
 * @param steps the ids of its steps, in order
 * @param to the endpoints it sends to, without options
 * @param running whether it runs
 */
public record RouteBox(
        String id, String description, String from, List<String> steps, List<String> to, boolean running) {
    public RouteBox {
        steps = List.copyOf(steps);
        to = List.copyOf(to);
    }

    /** Whether other routes call it, and nothing from outside. */
    boolean isInner() {
        return from.startsWith("direct:") || from.startsWith("seda:");
    }
}
