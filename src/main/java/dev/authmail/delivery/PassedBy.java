package dev.authmail.delivery;

import dev.authmail.smtp.Deadline;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The servers of those whose last mail was offered to none, because the gate kept it from each. While it still does, the
 * next mail need not be made to find that out. Known for a minute, for servers change; of the newest. Thread-safe.
 *
 * @param <K> whose servers
 */
final class PassedBy<K> {
    private static final Duration KNOWN = Duration.ofMinutes(1);
    private static final int MOST = 1000;

    private final Gate gate;
    private final SequencedMap<K, Servers> known = new LinkedHashMap<>();

    private record Servers(List<Destination> all, Deadline until) {}

    PassedBy(Gate gate) {
        this.gate = gate;
    }

    /** @param servers all that a mail could have been offered to, but was not; empty when it was offered to one */
    synchronized void remember(K whose, List<Destination> servers) {
        known.remove(whose);
        if (!servers.isEmpty()) {
            if (known.size() >= MOST) {
                known.pollFirstEntry();
            }
            known.put(whose, new Servers(List.copyOf(servers), Deadline.in(KNOWN)));
        }
    }

    /** Why a mail would be offered to none of them now, as that one says which can be tried soonest. */
    Optional<HopResult.Skipped> obstacle(K whose) {
        List<Admission.Denied> denials = new ArrayList<>();
        for (Destination server : of(whose)) {
            Optional<Admission.Denied> denied = gate.obstacle(server);
            if (denied.isEmpty()) {
                return Optional.empty();
            }
            denials.add(denied.get());
        }
        return denials.stream()
                .min(Comparator.comparing(Admission.Denied::retryAfter))
                .map(GuardedTransport::skipped);
    }

    private synchronized List<Destination> of(K whose) {
        Servers servers = known.get(whose);
        return servers == null || servers.until().hasPassed() ? List.of() : servers.all();
    }
}
