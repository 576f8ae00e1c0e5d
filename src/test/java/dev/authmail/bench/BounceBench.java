package dev.authmail.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceReader;
import dev.authmail.bounce.BounceRules;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Mails that came back, read in a second, and the memory that it takes. {@code bench/README.md}. */
final class BounceBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path FIXTURES = Path.of("src/test/resources/bounces");

    private BounceBench() {}

    /** @param args how many mails to read, 100,000 by default; and a folder of mails, the fixtures of the tests by default */
    public static void main(String[] args) throws IOException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        List<byte[]> mails = mails(args.length > 1 ? Path.of(args[1]) : FIXTURES);
        BounceReader reader = new BounceReader(BounceRules.shipped(), ReplyRules.shipped(), MimeLimits.defaults());
        read(reader, mails, Math.min(count, mails.size() * 20));
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        Map<String, Integer> kinds = read(reader, mails, count);
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count;
        long octets = mails.stream().mapToLong(m -> m.length).sum() / mails.size();
        System.out.printf("%d mails of %d octets on average, one thread%n", count, octets);
        System.out.printf(
                "%.0f mails/s, %.0f µs of CPU time each, heap at most %d MB%n", count / seconds, micros, peak());
        System.out.println(kinds);
    }

    private static Map<String, Integer> read(BounceReader reader, List<byte[]> mails, int count) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Bounce bounce = reader.read(new ByteArrayInputStream(mails.get(i % mails.size())));
            kinds.merge(bounce.kind().code(), 1, Integer::sum);
        }
        return kinds;
    }

    private static List<byte[]> mails(Path folder) throws IOException {
        List<byte[]> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                mails.add(Files.readAllBytes(file));
            }
        }
        return mails;
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
