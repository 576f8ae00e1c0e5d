package dev.authmail.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** authmail is killed in every phase of a mail, at load, and started again each time. */
final class Kills {
    private static final int EVENTS_PER_SECOND = 60;

    private Kills() {}

    /** Every phase so often, in an order by chance. */
    static void everyPhase(World world, int times) {
        List<KillPhase> order = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            order.addAll(List.of(KillPhase.values()));
        }
        Collections.shuffle(order, new Random(Report.SEED));
        run(world, order);
    }

    static void run(World world, List<KillPhase> order) {
        Random random = new Random(Report.SEED);
        world.set("authmail.smtp.max-messages-per-connection", 10); // so that connections are made all the time
        Replica replica = world.start();
        world.load().run(EVENTS_PER_SECOND);
        world.awaitFlow(System.nanoTime());
        Times back = new Times();
        int[] exposed = new int[KillPhase.values().length];
        for (KillPhase phase : order) {
            awaitMails(world, 20 + random.nextInt(60));
            phase.strike(world, replica);
            long killed = System.nanoTime();
            exposed[phase.ordinal()] += world.noteExposed();
            replica = world.start();
            back.add(world.awaitFlow(killed));
        }
        world.verdict(remarks(order.size(), exposed, back));
    }

    private static void awaitMails(World world, int more) {
        int until = world.mails() + more;
        while (world.mails() < until) {
            world.awaitFlow(System.nanoTime());
        }
    }

    private static String remarks(int kills, int[] exposed, Times back) {
        List<String> phases = new ArrayList<>();
        for (KillPhase phase : KillPhase.values()) {
            phases.add(phase + " " + exposed[phase.ordinal()]);
        }
        return kills + " kills, exposed " + String.join(", ", phases) + " · next mail after a kill, with the restart: "
                + back;
    }
}
