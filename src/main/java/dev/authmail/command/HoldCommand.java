package dev.authmail.command;

import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.traffic.Closure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code authmail hold}: stops sending, without losing or expiring anything. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = {
            "Stops sending until authmail resume: everything, one route, one domain or one purpose.",
            "Mails wait and do not expire. All replicas heed it within seconds.",
            "Exit status: 0 done, 1 Kafka did not answer, 2 wrong usage."
        })
final class HoldCommand implements Runnable {
    private final Supplier<ServiceSettings> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup
    private @Nullable HeldScope scope;

    @Option(names = "--why", paramLabel = "TEXT", description = "For colleagues; shown by --list and in logs.")
    private @Nullable String why;

    @Option(
            names = "--list",
            description = "Only show what is held, and which providers are closed because they refused us.")
    private boolean list;

    /**
     * @param service the service's settings
     * @param clock tells from when on it is held
     */
    HoldCommand(Supplier<ServiceSettings> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public void run() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ServiceSettings settings = service.get();
        HoldScope what = HeldScope.of(scope);
        requireKnown(what, settings.hops());
        StateTopic state = StateTopic.read(settings, clock);
        if (list) {
            list(state, out);
        } else {
            hold(what, state, out);
        }
    }

    private static void list(StateTopic state, PrintWriter out) {
        List<Hold> holds = state.inForce();
        List<Closure> closed = state.closed();
        if (holds.isEmpty() && closed.isEmpty()) {
            out.println("nothing is held");
        }
        holds.forEach(h -> out.println(h.scope() + " since " + h.since() + (h.why() == null ? "" : ": " + h.why())));
        closed.forEach(c -> out.println("provider " + c.provider() + " refused us since " + c.since()
                + " and gets no direct mail until " + c.until() + ": " + c.reply()));
    }

    private void hold(HoldScope what, StateTopic state, PrintWriter out) {
        for (Hold known : state.inForce()) {
            if (known.scope().equals(what)) {
                out.println(what + " is held already, since " + known.since());
                return;
            }
        }
        Hold hold = new Hold(what, clock.instant().truncatedTo(ChronoUnit.MILLIS), null, why);
        state.write(List.of(hold));
        out.println(what + " is held since " + hold.since());
    }

    /** A name with a slip in it would hold nothing. */
    private static void requireKnown(HoldScope what, Set<String> hops) {
        Set<String> names = new TreeSet<>(hops);
        names.add(HoldScope.ALL_RELAYS);
        if (what.kind() == HoldScope.Kind.ROUTE && !names.contains(what.name())) {
            throw CommandFailure.usage(
                    "there is no route " + what.name() + "; it is one of " + String.join(", ", names));
        }
    }
}
