package dev.authmail.command;

import dev.authmail.command.WayOfMail.Destinations;
import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.traffic.Closure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What stands in a mail's way now, as all replicas know it from the state topic: holds, and providers that refused us. */
final class Obstacles {
    /** Who only asks for a way need not have a broker. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String LINE = "%-12s %s%n";

    private Obstacles() {}

    /** Prints them, or that Kafka did not answer. */
    static void print(Destinations way, ServiceSettings service, Clock clock, PrintWriter out) {
        out.flush();
        try {
            Duration limit = PATIENCE.compareTo(service.patience()) < 0 ? PATIENCE : service.patience();
            StateTopic state = StateTopic.read(service, clock, limit);
            print(way, state.inForce(), state.closed(), out);
        } catch (CommandFailure unanswered) {
            out.printf(LINE, "now", "what is held and closed is not known: " + unanswered.getMessage());
        }
        out.printf(
                LINE,
                "breakers",
                "each replica's own, not shown: the metric authmail_breakers_open and the replica's log");
    }

    private static void print(Destinations way, List<Hold> holds, List<Closure> closures, PrintWriter out) {
        List<Hold> held =
                holds.stream().filter(hold -> concerns(hold.scope(), way)).toList();
        List<Closure> closed = closures.stream()
                .filter(closure -> way.providers().contains(closure.provider()))
                .toList();
        if (held.isEmpty() && closed.isEmpty()) {
            out.printf(LINE, "now", "nothing on this way is held or closed");
        }
        held.forEach(hold -> out.printf(LINE, "held", hold.scope() + " since " + hold.since()));
        closed.forEach(closure -> out.printf(
                LINE,
                "closed",
                closure.provider() + " for direct mail until " + closure.until() + ": " + closure.reply()));
    }

    /** A purpose may be that of the mail. */
    private static boolean concerns(HoldScope scope, Destinations way) {
        return switch (scope.kind()) {
            case EVERYTHING, PURPOSE -> true;
            case ROUTE -> way.hops().contains(scope.name());
            case DOMAIN -> way.domain().ascii().equals(scope.name());
        };
    }
}
