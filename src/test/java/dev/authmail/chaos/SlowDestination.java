package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.CountingSmtpServer;
import dev.authmail.testkit.CountingSmtpServer.Gate;
import dev.authmail.testkit.CountingSmtpServer.Phase;
import dev.authmail.testkit.KafkaCluster;
import java.time.Duration;

/** The same backlog twice, side by side in one run: every tenth mail goes to a destination that is quick, then slow. */
final class SlowDestination {
    private static final int EVENTS = 30_000;
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration HELD = Duration.ofSeconds(60);

    private SlowDestination() {}

    static void run(KafkaCluster cluster, Report report) {
        double quick = throughput(new World(cluster, "tenth-quick", report), Gate.OPEN);
        double slow = throughput(new World(cluster, "tenth-slow", report), SlowDestination::hold);
        report.line(
                "slow destination",
                "mails a second to the others: %.0f while the tenth is quick, %.0f while it holds each mail %d s: %.2f"
                        .formatted(quick, slow, HELD.toSeconds(), slow / quick));
        assertThat(slow / quick).isGreaterThan(0.9);
    }

    private static String hold(Phase phase, String recipient) throws InterruptedException {
        if (phase == Phase.DOT) {
            Thread.sleep(HELD);
        }
        return null;
    }

    /** Mails a second to all but the tenth, measured after a start of which nothing is counted. */
    private static double throughput(World world, Gate gate) {
        try (world;
                CountingSmtpServer tenth = CountingSmtpServer.start("127.0.0.9", world.mx.port())) {
            tenth.gate(gate);
            world.set("authmail.relays.relay.host", "")
                    .set("authmail.direct.enabled", "always")
                    .set("authmail.retry.tiers", "30s,2m,10m,30m")
                    .options(Backlog.OPTIONS);
            Domains.fast(world, 50);
            Domains.of(world, "tenth.test", "127.0.0.9");
            world.start();
            world.loadTo(number -> number % 10 == 3 ? "tenth.test" : "d" + number % 50 + ".test")
                    .burst(EVENTS);
            World.pass(Duration.ofSeconds(20)); // the JIT warms up
            int before = world.mx.count();
            long began = System.nanoTime();
            World.pass(MEASURED);
            double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            int mails = world.mx.count() - before;
            assertThat(world.mx.count()).as("a backlog to the end").isLessThan(EVENTS * 9 / 10);
            return mails / seconds;
        }
    }
}
