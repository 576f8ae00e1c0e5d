package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.CountingSmtpServer;
import dev.authmail.testkit.CountingSmtpServer.Phase;
import dev.authmail.testkit.KafkaCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The same backlog in two services side by side, which share the machine: every tenth mail goes to a destination that is
 * quick in the one and slow in the other.
 */
final class SlowDestination {
    private static final int EVENTS = 150_000;
    private static final Duration WARM = Duration.ofSeconds(90);
    private static final Duration MEASURED = Duration.ofSeconds(120);
    private static final Duration HELD = Duration.ofSeconds(60);

    private SlowDestination() {}

    static void run(KafkaCluster cluster, Report report) {
        try (World quick = new World(cluster, "tenth-quick", report);
                World slow = new World(cluster, "tenth-slow", report);
                CountingSmtpServer tenthQuick = CountingSmtpServer.start("127.0.0.9", quick.mx.port());
                CountingSmtpServer tenthSlow = CountingSmtpServer.start("127.0.0.9", slow.mx.port())) {
            tenthSlow.gate(SlowDestination::hold);
            fill(quick);
            fill(slow);
            start(quick, slow);
            World.pass(WARM); // the JITs
            int quickBefore = quick.mx.count();
            int slowBefore = slow.mx.count();
            World.pass(MEASURED);
            int quickMails = quick.mx.count() - quickBefore;
            int slowMails = slow.mx.count() - slowBefore;
            double ratio = (double) slowMails / quickMails;
            report.line(
                    "slow destination",
                    "in %d s, to the others: %,d mails where the tenth is quick (it took %,d), %,d where it holds each %d s (it took %,d): %.2f"
                            .formatted(
                                    MEASURED.toSeconds(),
                                    quickMails,
                                    tenthQuick.count(),
                                    slowMails,
                                    HELD.toSeconds(),
                                    tenthSlow.count(),
                                    ratio));
            assertThat(quick.mx.count() + slow.mx.count())
                    .as("a backlog to the end")
                    .isLessThan(2 * EVENTS * 9 / 10);
            assertThat(ratio).isGreaterThan(0.9);
        }
    }

    /** Both at once: who is older has done more of the JIT's work, and gets more out of the same CPU time. */
    private static void start(World... worlds) {
        CompletableFuture.allOf(Stream.of(worlds)
                        .map(world -> CompletableFuture.runAsync(world::start, Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static String hold(Phase phase, String recipient) throws InterruptedException {
        if (phase == Phase.DOT) {
            Thread.sleep(HELD);
        }
        return null;
    }

    /** Leaves a backlog to 51 domains. */
    private static void fill(World world) {
        world.set("authmail.relays.relay.host", "")
                .set("authmail.direct.enabled", "always")
                .set("authmail.retry.tiers", "30s,2m,10m,30m")
                .options(Backlog.OPTIONS);
        Domains.fast(world, 50);
        Domains.of(world, "tenth.test", "127.0.0.9");
        world.start().process().terminate(Replica.GRACE); // it has made the topics
        world.loadTo(number -> number % 10 == 3 ? "tenth.test" : "d" + number % 50 + ".test")
                .burst(EVENTS);
    }
}
