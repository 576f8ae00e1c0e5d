package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.CountingSmtpServer.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** Replicas join, leave, and are killed while others go on. */
final class Membership {
    private static final int EVENTS_PER_SECOND = 100;
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private Membership() {}

    /** A second and a third join, the second and the first leave as they should, and the third is left with all. */
    static void joinAndLeave(World world) {
        Replica first = begin(world);
        Replica second = world.start();
        World.pass(A_WHILE);
        Duration join = world.waits().longest();
        Replica third = world.start();
        World.pass(A_WHILE);
        assertThat(second.process().terminate(Replica.GRACE)).isEqualTo(143);
        assertThat(first.process().terminate(Replica.GRACE)).isEqualTo(143);
        World.pass(A_WHILE);
        assertThat(third.process().isAlive()).isTrue();
        Duration later = world.waits().longest();
        world.verdict("a second and third joined, two left · longest wait of a mail as one joined "
                + Report.seconds(join) + ", later " + Report.seconds(later));
    }

    /**
     * Some conversations stand before the final dot for longer than partitions are waited for. Who has the partition then
     * sends these mails; who had it does not.
     */
    static void moveWhileConversationsLast(World world, int conversations) {
        Map<String, Integer> held = new ConcurrentHashMap<>();
        CountDownLatch release = new CountDownLatch(1);
        world.set("authmail.kafka.drain", "1s");
        begin(world);
        world.relay.gate((phase, recipient) -> {
            if (phase == Phase.RCPT
                    && release.getCount() > 0
                    && (held.containsKey(recipient) || held.size() < conversations)) {
                held.merge(recipient, 1, Integer::sum);
                release.await();
            }
            return null;
        });
        World.pass(A_WHILE);
        world.start();
        Awaitility.await("the other to come to one of these mails")
                .atMost(Duration.ofMinutes(2))
                .until(() -> held.values().stream().anyMatch(talks -> talks > 1));
        World.pass(A_WHILE);
        release.countDown();
        long moved = held.values().stream().filter(talks -> talks > 1).count();
        Verdict verdict =
                world.verdict("of " + conversations + " conversations that lasted longer than the drain of 1 s, "
                        + moved + " were taken over by the one that joined");
        assertThat(verdict.repeats()).isZero();
    }

    /** One of three is killed, and the other two have its partitions when the session ends; one comes in its place. */
    static void killedAmongOthers(World world, int times) {
        Replica next = begin(world);
        world.start();
        world.start();
        Times waits = new Times();
        for (int i = 0; i < times; i++) {
            World.pass(A_WHILE);
            world.waits().longest();
            next.process().kill();
            world.noteExposed();
            World.pass(A_WHILE.multipliedBy(2));
            waits.add(world.waits().longest());
            next = world.start();
        }
        world.verdict(times + " kills of one among three · longest wait of a mail: " + waits);
    }

    private static Replica begin(World world) {
        Replica first = world.start();
        world.load().run(EVENTS_PER_SECOND);
        world.awaitFlow(System.nanoTime());
        world.waits().longest();
        return first;
    }
}
