package dev.authmail.bench;

import dev.authmail.bench.DeadRelay.Death;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.DnsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a dead relay costs a mail that then goes to the MX host: the first mails, and the mails after its breaker opened,
 * beside direct delivery without a relay configured. The two take turns. {@code bench/README.md}.
 */
final class FailoverBench implements AutoCloseable {
    private static final Duration SLICE = Duration.ofSeconds(2);

    private final int connections;
    private final Duration each;
    private final int firsts;
    private final SinkProcess sink = new SinkProcess();
    private final DnsServer dns = DnsServer.start().zone("bench.test", "to MX 10 mx\nmx A 127.0.0.1\n");
    private final TrustAnchors trust = TrustAnchors.ofPem(sink.authority);
    private final SignedMessage message = new SignedMessage(SmtpBench.signedMail());
    private final AtomicInteger mails = new AtomicInteger();

    private FailoverBench(int connections, Duration each, int firsts) throws Exception {
        this.connections = connections;
        this.each = each;
        this.firsts = firsts;
    }

    /** @param args connections, seconds of each run after the breaker opened, first mails of each death */
    public static void main(String[] args) throws Exception {
        int connections = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        int firsts = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        System.out.printf(
                "%d processors, Java %s, %d connections, %d s each%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), connections, seconds);
        try (FailoverBench bench = new FailoverBench(connections, Duration.ofSeconds(seconds), firsts)) {
            bench.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        try (TwoHops alone = hops(null)) {
            slice(alone, each.dividedBy(2), new Run()); // warms up
            for (Death death : Death.values()) {
                try (DeadRelay relay = DeadRelay.of(death)) {
                    first(death, relay);
                    after(death, relay, alone);
                }
            }
        }
    }

    private TwoHops hops(@Nullable DeadRelay relay) {
        return new TwoHops(dns.address(), sink.port, connections, trust, relay);
    }

    /** The first mail after the relay died, each with nothing known; those that wait for long wait together. */
    private void first(Death death, DeadRelay relay) throws Exception {
        long[] alone = firstMails(null, 1);
        long[] dead = firstMails(relay, death == Death.SILENT ? firsts : 1);
        System.out.printf(
                "%n%s%n  first mail        median %8.1f ms  p99 %8.1f ms  (without a relay: %.1f, %.1f)%n",
                death, millis(dead, 50), millis(dead, 99), millis(alone, 50), millis(alone, 99));
    }

    private long[] firstMails(@Nullable DeadRelay relay, int atOnce) throws Exception {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < firsts; i++) {
            tasks.add(() -> {
                try (TwoHops fresh = hops(relay)) {
                    return fresh.send(message, mails.incrementAndGet());
                }
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Long> times = new ArrayList<>();
            for (Future<Long> done : threads.invokeAll(tasks)) {
                times.add(done.get());
            }
            return sorted(times);
        }
    }

    private void after(Death death, DeadRelay relay, TwoHops alone) throws Exception {
        try (TwoHops dead = hops(relay)) {
            int until = 0;
            while (!dead.relayIsPassedBy()) {
                dead.send(message, mails.incrementAndGet());
                until++;
            }
            Run baseline = new Run();
            Run passedBy = new Run();
            for (long slices = each.dividedBy(SLICE); slices > 0; slices--) {
                slice(alone, SLICE, baseline);
                slice(dead, SLICE, passedBy);
            }
            if (!dead.relayIsPassedBy()) {
                throw new IllegalStateException(death + " is dead and no longer passed by");
            }
            print(until, baseline, passedBy);
        }
    }

    private static void print(int until, Run alone, Run dead) {
        System.out.printf("  passed by after   %d mails, one after the other%n", until);
        print("then", dead);
        print("without a relay", alone);
        System.out.printf(
                "  ratio             median %8.3f     p99 %8.3f     %27s %.3f%n",
                millis(sorted(dead.times), 50) / millis(sorted(alone.times), 50),
                millis(sorted(dead.times), 99) / millis(sorted(alone.times), 99),
                "mails/s",
                dead.perSecond() / alone.perSecond());
    }

    private static void print(String what, Run run) {
        long[] times = sorted(run.times);
        System.out.printf(
                "  %-17s median %8.2f ms  p99 %8.2f ms  max %8.2f ms  %6.0f mails/s%n",
                what, millis(times, 50), millis(times, 99), millis(times, 100), run.perSecond());
    }

    /** Slices of one contestant. */
    private static final class Run {
        private final List<Long> times = new ArrayList<>();
        private long nanos;

        double perSecond() {
            return times.size() * 1e9 / nanos;
        }
    }

    /** As many mails as go in that time, over all connections. */
    private void slice(TwoHops hops, Duration time, Run run) throws Exception {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        Callable<List<Long>> sender = () -> {
            List<Long> times = new ArrayList<>();
            while (System.nanoTime() < end) {
                times.add(hops.send(message, mails.incrementAndGet()));
            }
            return times;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Long>> done : threads.invokeAll(Collections.nCopies(connections, sender))) {
                run.times.addAll(done.get());
            }
        }
        run.nanos += System.nanoTime() - begun;
    }

    private static long[] sorted(List<Long> times) {
        long[] sorted = times.stream().mapToLong(t -> t).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double millis(long[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)] / 1e6;
    }

    @Override
    public void close() throws Exception {
        sink.close();
        dns.close();
    }
}
