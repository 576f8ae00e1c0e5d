package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.KafkaCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Heap and resident memory while a backlog drains, for backlogs of three sizes. */
final class Backlog {
    static final List<String> OPTIONS = List.of("-Xmx256m", "-Xshare:auto");
    private static final int FULL = Integer.getInteger("chaos.backlog", 200_000);
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private Backlog() {}

    static void run(KafkaCluster cluster, Report report) {
        double small = drain(cluster, report, 5_000);
        drain(cluster, report, 10_000);
        double large = drain(cluster, report, FULL);
        report.line(
                "backlog",
                "mean heap after GC while mails waited: %.0f MB with 5,000 at first, %.0f MB with %,d"
                        .formatted(small, large, FULL));
        assertThat(large).as("heap in MB").isLessThan(small * 1.25 + 10);
    }

    /** The mean of the heap in MB while mails waited. */
    private static double drain(KafkaCluster cluster, Report report, int events) {
        try (World world = new World(cluster, "backlog-" + events, report).options(OPTIONS)) {
            world.start().process().terminate(Replica.GRACE); // it has made the topics
            world.load().burst(events);
            Replica replica = world.start();
            DoubleSummaryStatistics heaps = new DoubleSummaryStatistics();
            for (int share = 1; share <= 10; share++) {
                double heap = sample(world, replica, events, events / 10 * share);
                if (world.mails() < events) {
                    heaps.accept(heap);
                }
            }
            world.settle(events + " were waiting, heap limited to 256 MB");
            assertThat(heaps.getCount()).as("samples while mails waited").isPositive();
            return heaps.getAverage();
        }
    }

    private static double sample(World world, Replica replica, int events, int mails) {
        Awaitility.await(mails + " mails")
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(20))
                .until(() -> world.mails() >= mails);
        double heap = heapAfterGc(replica.process().pid());
        world.report()
                .line(
                        "backlog-" + events,
                        "waiting %,d · sent %,d · heap after GC %.0f MB · resident %d MB · ledger %,.0f entries"
                                .formatted(
                                        events - world.mails(),
                                        world.mails(),
                                        heap,
                                        replica.process().residentOctets() >> 20,
                                        replica.metric("authmail_ledger_entries")));
        return heap;
    }

    private static double heapAfterGc(long pid) {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    private static String jcmd(long pid, String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
