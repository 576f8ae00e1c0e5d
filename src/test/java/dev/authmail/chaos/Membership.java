package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

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
