package dev.authmail.camel;

import dev.authmail.page.RouteBox;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/** The routes as they are loaded now, for the picture. Options of endpoints are left out: they can hold anything. */
public final class RouteBoxes {
    private RouteBoxes() {}

    /** All routes of the context, in the order of their files. */
    public static List<RouteBox> of(CamelContext context) {
        Model model = Objects.requireNonNull(context.getCamelContextExtension().getContextPlugin(Model.class));
        return model.getRouteDefinitions().stream()
                .map(route -> box(route, context))
                .toList();
    }

    private static RouteBox box(RouteDefinition route, CamelContext context) {
        String id = route.getRouteId();
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        String description = route.getDescription();
        return new RouteBox(
                id,
                description == null ? "" : description.strip().replaceAll("\\s+", " "),
                bare(route.getInput().getEndpointUri(), context),
                steps(route),
                targets(route, context),
                status != null && status.isStarted());
    }

    @SuppressWarnings("rawtypes") // Camel's own
    private static List<String> steps(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream()
                .map(ProcessorDefinition::getId)
                .filter(id -> id != null)
                .toList();
    }

    private static List<String> targets(RouteDefinition route, CamelContext context) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class).stream()
                .map(send -> bare(send.getEndpointUri(), context))
                .toList();
    }

    /** {@code direct:give-up}, {@code kafka:registrations}. */
    private static String bare(String uri, CamelContext context) {
        String resolved = context.resolvePropertyPlaceholders(uri);
        return resolved.replaceFirst("\\?.*", "").replace("://", ":");
    }
}
