package dev.authmail.config;

import dev.authmail.camel.RouteSet;
import dev.authmail.template.TemplateRenderer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a route that should run does not. A change of the templates that was not taken up is told beside it and is
 * no reason to be down: the old ones mail on, and a restart would refuse the change and not come up.
 */
final class RoutesHealth implements HealthIndicator {
    private final CamelContext context;
    private final RouteSet routes;
    private final TemplateRenderer templates;

    RoutesHealth(CamelContext context, RouteSet routes, TemplateRenderer templates) {
        this.context = context;
        this.routes = routes;
        this.templates = templates;
    }

    @Override
    public Health health() {
        Set<String> idle = new TreeSet<>(routes.expected());
        idle.removeIf(this::runs);
        Health.Builder health = idle.isEmpty() ? Health.up() : Health.down().withDetail("notRunning", idle);
        List<String> problems = templates.problems();
        return problems.isEmpty()
                ? health.build()
                : health.withDetail("templates", problems).build();
    }

    private boolean runs(String route) {
        return context.getRouteController().getRouteStatus(route) == ServiceStatus.Started;
    }
}
