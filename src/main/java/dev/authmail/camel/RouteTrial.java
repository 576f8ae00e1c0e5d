package dev.authmail.camel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Tries route files in a context of its own, so that a broken edit is found before it touches a running route. Finds
 * what Camel refuses, and what Camel does not mind but a user would: two routes with one id, a {@code direct} nobody
 * answers, an unknown route configuration.
 */
final class RouteTrial {
    private static final int MAX_LINES = 6;
    private static final List<String> INTERNAL = List.of("direct", "seda");

    private final CamelContext live;

    RouteTrial(CamelContext live) {
        this.live = live;
    }

    /** What is wrong, one sentence each; empty when the files can run. */
    List<String> problems(Collection<RouteFile> files) {
        List<String> problems = new ArrayList<>(duplicates(files));
        try (DefaultCamelContext trial = context()) {
            for (RouteFile file : files) {
                load(trial, file).ifPresent(problems::add);
            }
            if (problems.isEmpty()) {
                problems.addAll(dangling(trial, places(files)));
            }
            if (problems.isEmpty()) {
                build(trial, places(files)).ifPresent(problems::add);
            }
        } catch (Exception e) {
            problems.add(sentence(e));
        }
        return problems;
    }

    private DefaultCamelContext context() {
        var trial = new DefaultCamelContext(new DefaultRegistry(new BeansOnly(live.getRegistry())));
        trial.disableJMX();
        trial.setAutoStartup(false);
        trial.setAutowiredEnabled(false);
        trial.getPropertiesComponent().addPropertiesSource(new LiveProperties(live));
        trial.addComponent("kafka", kafkaWithoutBroker());
        trial.addComponent("platform-http", httpWithoutServer(trial));
        return trial;
    }

    /** Pages of the trial are seen by nobody. */
    private static PlatformHttpComponent httpWithoutServer(CamelContext trial) {
        var http = new PlatformHttpComponent(trial);
        http.setEngine(PageOfTheTrial::new);
        return http;
    }

    /** The producers of a route are made even when the route is not started; these talk to nobody. */
    private static KafkaComponent kafkaWithoutBroker() {
        var kafka = new KafkaComponent();
        kafka.getConfiguration().setBrokers("nobody:9092");
        kafka.setKafkaClientFactory(new DefaultKafkaClientFactory() {
            @Override
            @SuppressWarnings("rawtypes") // Camel's interface
            public Producer getProducer(Properties properties) {
                return new MockProducer<byte[], byte[]>();
            }
        });
        return kafka;
    }

    private static final class PageOfTheTrial extends DefaultConsumer implements PlatformHttpConsumer {
        PageOfTheTrial(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
        }

        @Override
        public PlatformHttpEndpoint getEndpoint() {
            return (PlatformHttpEndpoint) super.getEndpoint();
        }
    }

    private static Optional<String> load(CamelContext trial, RouteFile file) {
        try {
            PluginHelper.getRoutesLoader(trial).loadRoutes(file.resource());
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(file.place() + ": " + sentence(e));
        }
    }

    private static Optional<String> build(CamelContext trial, Map<String, String> places) {
        try {
            trial.start();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(place(e, places) + sentence(e));
        }
    }

    /** The file that holds a route, by the route's id. */
    private static Map<String, String> places(Collection<RouteFile> files) {
        Map<String, String> places = new HashMap<>();
        files.forEach(file -> RouteIds.in(file.text()).forEach(id -> places.put(id, file.place())));
        return places;
    }

    private static String place(Throwable failure, Map<String, String> places) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof FailedToCreateRouteException route && places.containsKey(route.getRouteId())) {
                return places.get(route.getRouteId()) + ": ";
            }
        }
        return "";
    }

    /** Camel would let the second silently take the place of the first. */
    private static List<String> duplicates(Collection<RouteFile> files) {
        Map<String, String> seen = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (RouteFile file : files) {
            for (String id : RouteIds.in(file.text())) {
                String other = seen.put(id, file.place());
                if (other != null) {
                    String where = other.equals(file.place())
                            ? "twice in " + other
                            : "in " + other + " and in " + file.place();
                    problems.add("the route id " + id + " stands " + where);
                }
            }
        }
        return problems;
    }

    private static List<String> dangling(CamelContext trial, Map<String, String> places) {
        Model model = Objects.requireNonNull(trial.getCamelContextExtension().getContextPlugin(Model.class));
        Set<String> configurations = model.getRouteConfigurationDefinitions().stream()
                .map(c -> String.valueOf(c.getId()))
                .collect(Collectors.toSet());
        Set<String> consumed = model.getRouteDefinitions().stream()
                .map(r -> name(r.getInput().getEndpointUri()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String name = places.get(route.getRouteId()) + ": route " + route.getRouteId();
            String configuration = route.getRouteConfigurationId();
            if (configuration != null && !configurations.contains(configuration)) {
                problems.add(name + " names the route configuration " + configuration
                        + ", which is in no file; there are " + new TreeSet<>(configurations));
            }
            targets(route).stream()
                    .filter(target -> !consumed.contains(target))
                    .forEach(target -> problems.add(name + " sends to " + target + ", which no route reads"));
        }
        return problems;
    }

    private static List<String> targets(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .map(to -> name(to.getEndpointUri()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** {@code direct:name} or {@code seda:name} without options; null for what leads out of the context. */
    private static @Nullable String name(String uri) {
        String plain = uri.replaceFirst("\\?.*", "").replace("://", ":");
        return INTERNAL.contains(plain.replaceFirst(":.*", "")) ? plain : null;
    }

    /** The first sentences of the causes: Camel puts the place first and the reason last. */
    private static String sentence(Throwable failure) {
        List<String> words = new ArrayList<>();
        for (Throwable t = failure; t != null && words.size() < 4; t = t.getCause()) {
            String text = text(t);
            if (words.stream().noneMatch(w -> w.contains(text))) {
                words.add(text);
            }
        }
        return String.join(": ", words);
    }

    /** A YAML error says first where the block began, then, after a line that only points, what is wrong and where. */
    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("^"))
                .limit(MAX_LINES)
                .collect(Collectors.joining(" "));
    }

    /** Gives the trial the beans that routes name, but none of the live components: it would adopt and stop them. */
    private record BeansOnly(Registry registry) implements BeanRepository {
        @Override
        public @Nullable Object lookupByName(String name) {
            Object bean = registry.lookupByName(name);
            return bean instanceof Component ? null : bean;
        }

        @Override
        public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
            T bean = registry.lookupByNameAndType(name, type);
            return bean instanceof Component ? null : bean;
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return Map.of();
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.of();
        }
    }

    private record LiveProperties(CamelContext live) implements PropertiesSource {
        @Override
        public String getName() {
            return "live";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return live.getPropertiesComponent().resolveProperty(name).orElse(null);
        }
    }
}
