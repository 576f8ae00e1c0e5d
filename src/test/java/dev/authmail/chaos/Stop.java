package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** SIGTERM while more comes than can be sent: everything under way is finished and committed, nothing is repeated. */
final class Stop {
    private static final int EVENTS_PER_SECOND = 400;

    private Stop() {}

    static void run(World world, int times) {
        world.load().run(EVENTS_PER_SECOND);
        Times stops = new Times();
        for (int i = 0; i < times; i++) {
            Replica replica = world.start();
            world.awaitFlow(System.nanoTime());
            World.pass(Duration.ofSeconds(3));
            stops.add(stop(world, replica));
        }
        world.start();
        Verdict verdict = world.verdict(times + " stops at full load · a stop took: " + stops);
        assertThat(verdict.repeats()).isZero();
    }

    /** Stops it and holds it to what a stop promises. */
    static Duration stop(World world, Replica replica) {
        long asked = System.nanoTime();
        assertThat(replica.process().terminate(Replica.GRACE)).isEqualTo(143);
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertThat(world.noteExposed())
                .as("mails that the ledger does not know")
                .isZero();
        assertThat(world.committed()).as("committed offsets").containsAllEntriesOf(afterLastEnded(world));
        return took;
    }

    private static Map<Integer, Long> afterLastEnded(World world) {
        Map<Integer, Long> next = new HashMap<>();
        world.watch().ended().keySet().forEach(event -> {
            var position = world.load().position(event);
            next.merge(position.partition(), position.offset() + 1, Math::max);
        });
        return next;
    }
}
