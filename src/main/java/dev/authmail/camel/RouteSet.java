package dev.authmail.camel;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The routes that run: loads them at the start, and takes up changed files while the others keep running. */
public final class RouteSet {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final CamelContext context;
    private final RouteFolder folder;
    private final RouteTrial trial;
    private final IntSupplier open;
    private final Duration patience;
    private volatile Map<String, RouteFile> inForce = Map.of();
    private Map<String, RouteFile> lastSeen = Map.of();
    private String lastUnreadable = "";

    /**
     * @param context where routes run
     * @param folder where their files are
     * @param open how many records are under way
     * @param patience how long a change waits for them to end
     */
    public RouteSet(CamelContext context, RouteFolder folder, IntSupplier open, Duration patience) {
        this.context = context;
        this.folder = folder;
        this.open = open;
        this.patience = patience;
        this.trial = new RouteTrial(context);
    }

    /** What became of a look at the files. */
    public sealed interface Change {
        /** The files are as they were. */
        record None() implements Change {}

        /** Changed files are in force now. */
        record TakenUp(List<String> files) implements Change {}

        /** The change is broken; the routes from before keep running. */
        record Refused(List<String> problems) implements Change {}
    }

    /**
     * Loads all files into the context, before it starts.
     *
     * @throws IllegalStateException when they are broken; the message says how
     */
    public synchronized void load() throws Exception {
        Map<String, RouteFile> files = readAtStart();
        List<String> problems = trial.problems(files.values());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the route files cannot run: " + String.join("; ", problems));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources(files.values()));
        inForce = files;
        lastSeen = files;
    }

    private Map<String, RouteFile> readAtStart() {
        try {
            return folder.read();
        } catch (UncheckedIOException unreadable) {
            throw new IllegalStateException("the route files cannot run: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Looks at the files and takes up what has changed, if it can run. A refused change is reported once. */
    public synchronized Change refresh() throws Exception {
        try {
            Change change = takeUp(folder.read());
            lastUnreadable = "";
            return change;
        } catch (UncheckedIOException unreadable) {
            return refusedOnce(String.valueOf(unreadable.getMessage()));
        }
    }

    private Change refusedOnce(String problem) {
        boolean known = problem.equals(lastUnreadable);
        lastUnreadable = problem;
        return known ? new Change.None() : new Change.Refused(List.of(problem));
    }

    private Change takeUp(Map<String, RouteFile> files) throws Exception {
        if (files.equals(lastSeen)) {
            return new Change.None();
        }
        lastSeen = files;
        if (files.equals(inForce)) {
            return new Change.None();
        }
        List<String> problems = trial.problems(files.values());
        if (!problems.isEmpty()) {
            return new Change.Refused(problems);
        }
        List<RouteFile> changed = changed(files);
        List<String> paused = new ArrayList<>();
        try {
            pauseIntake(paused);
            if (!isQuiet()) {
                lastSeen = inForce; // so that the next look tries again
                return new Change.Refused(
                        List.of("what is under way has not ended in " + patience + "; it is tried again"));
            }
            removeVanished(files.values());
            PluginHelper.getRoutesLoader(context).updateRoutes(resources(changed));
        } finally {
            resume(paused);
        }
        Set<String> names = new HashSet<>(inForce.keySet());
        names.removeAll(files.keySet());
        inForce = files;
        return new Change.TakenUp(changedNames(changed, names));
    }

    /** The ids of the routes that should run. */
    public Set<String> expected() {
        return ids(inForce.values());
    }

    /** Whether a route names that component. */
    public boolean uses(String component) {
        return inForce.values().stream().anyMatch(file -> file.text().contains("uri: " + component + "\n"));
    }

    /** Which of these hops no route sends to. */
    public Set<String> unusedHops(Set<String> hops) {
        return hops.stream()
                .filter(hop -> inForce.values().stream().noneMatch(f -> f.text().contains("#" + hop + "\"")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** When a configuration changes, every route takes it up anew. */
    private List<RouteFile> changed(Map<String, RouteFile> files) {
        List<RouteFile> changed = files.values().stream()
                .filter(file -> !file.equals(inForce.get(file.name())))
                .toList();
        boolean configurations = changed.stream().anyMatch(file -> file.text().contains("routeConfiguration:"));
        return configurations ? List.copyOf(files.values()) : changed;
    }

    /**
     * Waits until nothing has been under way for a second. Camel gives a route that is stopped 45 seconds; if a mail takes
     * longer it is torn off, and the context refuses every further step of every mail until it is started anew.
     */
    private boolean isQuiet() throws InterruptedException {
        long quietSince = System.nanoTime();
        long limit = quietSince + patience.toNanos();
        while (System.nanoTime() - quietSince < QUIET.toNanos()) {
            Thread.sleep(LOOK_AGAIN);
            if (open.getAsInt() > 0) {
                quietSince = System.nanoTime();
            }
            if (quietSince > limit || context.isStopping()) {
                return false;
            }
        }
        return true;
    }

    private void pauseIntake(List<String> paused) throws Exception {
        for (Route route : context.getRoutes()) {
            boolean started = context.getRouteController()
                    .getRouteStatus(route.getRouteId())
                    .isStarted();
            if (started && route.getEndpoint() instanceof KafkaEndpoint) {
                context.getRouteController().suspendRoute(route.getRouteId());
                paused.add(route.getRouteId());
            }
        }
    }

    private void resume(List<String> paused) throws Exception {
        for (String id : paused) {
            ServiceStatus status = context.getRouteController().getRouteStatus(id);
            if (status != null && status.isSuspended()) {
                context.getRouteController().resumeRoute(id);
            }
        }
    }

    private void removeVanished(Collection<RouteFile> files) throws Exception {
        Set<String> vanished = ids(inForce.values());
        vanished.removeAll(ids(files));
        for (String id : vanished) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }

    private static List<String> changedNames(List<RouteFile> changed, Set<String> removed) {
        List<String> names =
                new ArrayList<>(changed.stream().map(RouteFile::name).toList());
        removed.forEach(name -> names.add(name + " (removed)"));
        return names;
    }

    private static Set<String> ids(Collection<RouteFile> files) {
        return files.stream()
                .flatMap(f -> RouteIds.in(f.text()).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Resource> resources(Collection<RouteFile> files) {
        return files.stream().map(RouteFile::resource).toList();
    }
}
