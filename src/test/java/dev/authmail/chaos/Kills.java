package dev.authmail.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** authmail is killed in every phase of a mail, at load, and started again each time. */
final class Kills {
    private static final int EVENTS_PER_SECOND = 60;

    private final World world;
    private final Random random = new Random(Report.SEED);
    private final Times back = new Times();
    private final int[] exposed = new int[KillPhase.values().length];
    private Replica replica;

    /** Starts a replica and the load. */
    Kills(World world) {
        this.world = world;
        world.set("authmail.smtp.max-messages-per-connection", 10); // so that connections are made all the time
        replica = world.start();
        world.load().run(EVENTS_PER_SECOND);
        world.awaitFlow(System.nanoTime());
    }

    /** Every phase so often, in an order by chance. */
    void everyPhase(int times) {
        List<KillPhase> order = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            order.addAll(List.of(KillPhase.values()));
        }
        Collections.shuffle(order, random);
        inOrder(order);
    }

    void inOrder(List<KillPhase> order) {
        for (KillPhase phase : order) {
            awaitMails(20 + random.nextInt(60));
            phase.strike(world, replica);
            long killed = System.nanoTime();
            exposed[phase.ordinal()] += world.noteExposed();
            replica = world.start();
            back.add(world.awaitFlow(killed));
        }
    }

    private void awaitMails(int more) {
        int until = world.mails() + more;
        while (world.mails() < until) {
            world.awaitFlow(System.nanoTime());
        }
    }

    @Override
    public String toString() {
        List<String> phases = new ArrayList<>();
        for (KillPhase phase : KillPhase.values()) {
            phases.add(phase + " " + exposed[phase.ordinal()]);
        }
        return back.count() + " kills, exposed " + String.join(", ", phases)
                + " · next mail after a kill, with the restart: " + back;
    }
}
