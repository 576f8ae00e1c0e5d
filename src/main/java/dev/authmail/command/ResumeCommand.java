package dev.authmail.command;

import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.traffic.Closure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code authmail resume}: ends what {@code authmail hold} began. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a hold: that of everything, or of one route, domain or purpose, or all of them.",
            "With --provider it opens direct delivery to a provider that refused us, before its time.",
            "What waited has as much more time as it was held.",
            "Exit status: 0 done, 1 it is not held or Kafka did not answer, 2 wrong usage."
        })
final class ResumeCommand implements Runnable {
    private final Supplier<ServiceSettings> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup
    private @Nullable HeldScope scope;

    @Option(names = "--all", description = "Ends every hold.")
    private boolean all;

    @Option(
            names = "--provider",
            paramLabel = "P",
            description = "A provider that is closed, as hold --list names it: google.com.")
    private @Nullable String provider;

    /**
     * @param service the service's settings
     * @param clock tells to when it was held
     */
    ResumeCommand(Supplier<ServiceSettings> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public void run() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (all && scope != null || provider != null && (all || scope != null)) {
            throw CommandFailure.usage("--all, --provider and one route, domain or purpose exclude each other");
        }
        if (provider != null) {
            open(provider, out);
        } else {
            resume(out);
        }
    }

    private void open(String name, PrintWriter out) {
        StateTopic state = StateTopic.read(service.get(), clock);
        Closure closure = state.closed().stream()
                .filter(c -> c.provider().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.notDone("direct delivery to " + name + " is not closed"));
        state.open(closure);
        out.println("direct delivery to " + closure.provider() + " is open; it was closed since " + closure.since());
    }

    private void resume(PrintWriter out) {
        HoldScope what = HeldScope.of(scope);
        StateTopic state = StateTopic.read(service.get(), clock);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Hold> ended = state.inForce().stream()
                .filter(hold -> all || hold.scope().equals(what))
                .map(hold -> hold.endedAt(now))
                .toList();
        if (ended.isEmpty()) {
            throw CommandFailure.notDone(all ? "nothing is held" : what + " is not held");
        }
        state.write(ended);
        ended.forEach(hold -> out.println(hold.scope() + " is resumed; it was held since " + hold.since()));
    }
}
