package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;

/** SIGTERM while more waits than can be sent: everything under way is finished and told, and nothing is repeated. */
final class Stop {
    /** More than may be in flight. */
    private static final int WAITING = 800;

    private Stop() {}

    static void run(World world, int times) {
        Times stops = new Times();
        Times starts = new Times();
        int committed = 0;
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            Replica replica = world.start();
            world.load().burst(WAITING);
            starts.add(world.awaitFlow(began));
            stops.add(stop(world, replica));
            committed += isAllCommitted(world) ? 1 : 0;
        }
        world.start();
        Verdict verdict = world.settle(times + " stops at full load, " + committed
                + " with all committed · a stop took: " + stops + " · first mail after a start: " + starts);
        assertThat(verdict.repeats()).isZero();
        assertThat(committed).as("stops with all committed").isEqualTo(times);
    }

    /** Stops it and holds it to what a stop promises. */
    static Duration stop(World world, Replica replica) {
        long asked = System.nanoTime();
        assertThat(replica.process().terminate(Replica.GRACE)).isEqualTo(143);
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertThat(world.noteExposed())
                .as("mails that the ledger does not know")
                .isZero();
        return took;
    }

    /** Whether nothing that has ended is read again. */
    private static boolean isAllCommitted(World world) {
        return world.committed().entrySet().containsAll(afterLastEnded(world).entrySet());
    }

    private static Map<Integer, Long> afterLastEnded(World world) {
        Map<Integer, Long> next = new HashMap<>();
        world.watch().ended().keySet().forEach(event -> {
            RecordMetadata position = world.load().position(event);
            if (position != null) { // poison is not of the load
                next.merge(position.partition(), position.offset() + 1, Math::max);
            }
        });
        return next;
    }
}
