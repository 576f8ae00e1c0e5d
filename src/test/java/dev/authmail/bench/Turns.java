package dev.authmail.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contestants that take turns, each warmed before, and the table of what came of it. */
final class Turns {
    private final SinkProcess sink;
    private final long brokerPid;
    private final int mails;
    private final Map<Contestant, List<Trial>> results = new LinkedHashMap<>();
    private final Map<Long, Integer> published = new LinkedHashMap<>();

    /**
     * @param sink takes the mails
     * @param brokerPid the process of the Kafka broker
     * @param mails of a trial
     */
    Turns(SinkProcess sink, long brokerPid, int mails) {
        this.sink = sink;
        this.brokerPid = brokerPid;
        this.mails = mails;
    }

    /** Lets each mail so many times before it counts. */
    Turns warm(List<? extends Contestant> contestants, int times) throws InterruptedException {
        for (Contestant contestant : contestants) {
            for (int i = 0; i < times; i++) {
                Trial trial = trial(contestant);
                System.out.printf("  %s is warmed: %.0f mails/s%n", contestant.name(), trial.perSecond());
            }
        }
        return this;
    }

    Turns run(List<? extends Contestant> contestants, int trials) throws InterruptedException {
        for (int i = 0; i < trials; i++) {
            for (Contestant contestant : contestants) {
                results.computeIfAbsent(contestant, c -> new ArrayList<>()).add(trial(contestant));
            }
        }
        return this;
    }

    private Trial trial(Contestant contestant) throws InterruptedException {
        int share = contestant.share(mails);
        int first = published.merge(contestant.pid(), share, Integer::sum) - share;
        return Trial.of(contestant, first, share, sink, brokerPid);
    }

    /** How many events a contestant was given. */
    int published(Contestant contestant) {
        return published.getOrDefault(contestant.pid(), 0);
    }

    /** One line a contestant, medians, and ratios to the one named. */
    void print(String baseline) {
        System.out.printf(
                "%n| %-16s | %8s | %5s | %12s | %5s | %13s | %15s | %9s |%n",
                "", "mails/s", "ratio", "CPU µs/mail", "ratio", "sink µs/mail", "broker µs/mail", "peak MiB");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        List<Trial> base = results.entrySet().stream()
                .filter(e -> e.getKey().name().equals(baseline))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(results.values().iterator().next());
        results.forEach((contestant, trials) -> System.out.printf(
                "| %-16s | %8.0f | %5.2f | %12.0f | %5.2f | %13.0f | %15.0f | %9d |%n",
                contestant.name(),
                Trial.median(trials, Trial::perSecond),
                Trial.median(trials, Trial::perSecond) / Trial.median(base, Trial::perSecond),
                Trial.median(trials, Trial::cpuMicros),
                Trial.median(trials, Trial::cpuMicros) / Trial.median(base, Trial::cpuMicros),
                Trial.median(trials, Trial::sinkMicros),
                Trial.median(trials, Trial::brokerMicros),
                Cpu.peakMebibytes(contestant.pid())));
        results.forEach((contestant, trials) -> System.out.printf(
                "  %s, mails/s of each trial: %s, CPU µs/mail: %s%n",
                contestant.name(),
                trials.stream().map(t -> Math.round(t.perSecond())).toList(),
                trials.stream().map(t -> Math.round(t.cpuMicros())).toList()));
    }
}
