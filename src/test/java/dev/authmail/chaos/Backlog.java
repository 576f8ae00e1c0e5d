package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.KafkaCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Heap and resident memory while a backlog drains. Of the heap only the ledger may grow, by what an entry of it takes; the
 * rest must be as large when nearly all mails wait as when few do.
 */
final class Backlog {
    static final List<String> OPTIONS = List.of("-Xmx256m", "-Xshare:auto");
    private static final int FULL = Integer.getInteger("chaos.backlog", 200_000);
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final double LEDGER_ENTRY = 110.0 / (1 << 20); // bench/ledger-memory, in MB

    /** Heap in MB without the ledger, while so many mails waited. */
    private record Sample(int waiting, double heap) {}

    private Backlog() {}

    static void run(KafkaCluster cluster, Report report) {
        try (World world = new World(cluster, "backlog", report).options(OPTIONS)) {
            world.start().process().terminate(Replica.GRACE); // it has made the topics
            world.load().burst(FULL);
            Replica replica = world.start();
            List<Sample> samples = new ArrayList<>();
            for (int share = 0; share < 10; share++) {
                samples.add(sample(world, replica, FULL / 10 * share + 1));
            }
            world.settle("%,d were waiting, heap limited to 256 MB".formatted(FULL));
            sample(world, replica, FULL);
            check(samples, report);
        }
    }

    private static void check(List<Sample> samples, Report report) {
        double first = mean(samples.subList(1, 4)); // the JVM has warmed up
        double last = mean(samples.subList(7, 10));
        report.line(
                "backlog",
                "heap after GC without the ledger: %.0f MB while %,d to %,d waited, %.0f MB while %,d to %,d did"
                        .formatted(
                                first,
                                samples.get(3).waiting(),
                                samples.get(1).waiting(),
                                last,
                                samples.get(9).waiting(),
                                samples.get(7).waiting()));
        assertThat(samples.getLast().waiting()).as("mails that still wait").isPositive();
        assertThat(first).as("heap in MB").isLessThan(last * 1.25 + 10);
    }

    private static double mean(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::heap).average().orElseThrow();
    }

    private static Sample sample(World world, Replica replica, int mails) {
        Awaitility.await(mails + " mails")
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(20))
                .until(() -> world.mails() >= mails);
        int waiting = FULL - world.mails();
        double heap = heapAfterGc(replica.process().pid());
        double entries = replica.metric("authmail_ledger_entries");
        world.report()
                .line(
                        "backlog",
                        "waiting %,d · heap after GC %.0f MB · resident %d MB · ledger %,.0f entries"
                                .formatted(waiting, heap, replica.process().residentOctets() >> 20, entries));
        return new Sample(waiting, heap - entries * LEDGER_ENTRY);
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
