package dev.authmail.camel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the route files again and again, and says in the log what came of a change. */
public final class RouteReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

    private final RouteSet routes;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("authmail-route-reload").factory());

    /** @param routes the routes that run */
    public RouteReload(RouteSet routes) {
        this.routes = routes;
    }

    /** Begins to look, once in each interval. */
    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            switch (routes.refresh()) {
                case RouteSet.Change.None none -> {}
                case RouteSet.Change.TakenUp taken -> LOG.info("routes taken up: {}", String.join(", ", taken.files()));
                case RouteSet.Change.Refused refused ->
                    LOG.error(
                            "the edited routes are refused and the old ones keep running: {}",
                            String.join("; ", refused.problems()));
            }
        } catch (Exception e) {
            LOG.error("the route files could not be taken up", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
