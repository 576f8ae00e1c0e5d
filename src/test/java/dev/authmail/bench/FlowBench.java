package dev.authmail.bench;

import dev.authmail.testkit.KafkaCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * The whole job, from the record on Kafka to the outcome that Kafka has acknowledged, beside others that do it. Each is a
 * process of its own, as are broker and sink; they take turns. {@code bench/README.md}.
 */
final class FlowBench implements AutoCloseable {
    private final Map<String, String> options;
    private final Path folder;
    private final SinkProcess sink;
    private final KafkaCluster broker;
    private final List<Contestant> contestants = new ArrayList<>();
    private final Map<Contestant, Integer> published = new LinkedHashMap<>();

    private FlowBench(Map<String, String> options) throws Exception {
        this.options = options;
        folder = Files.createTempDirectory("authmail-bench");
        sink = new SinkProcess(
                Duration.ofMillis(number("delay", 0)),
                Boolean.parseBoolean(options.getOrDefault("chunking", "true")),
                0);
        broker = KafkaCluster.start(folder, 1, List.of("-Xmx512m", "-XX:+UseSerialGC"));
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(otherwise)));
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            options.put(parts[0], parts[1]);
        }
        try (FlowBench bench = new FlowBench(options)) {
            bench.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        int connections = number("connections", 8);
        IntFunction<String> domains = n -> "d" + n % 50 + ".bench.test";
        for (String peer : options.getOrDefault("peers", "authmail,nodemailer").split(",")) {
            Path own = Files.createDirectories(folder.resolve(peer));
            List<String> jvm = new ArrayList<>(List.of("-Xmx128m"));
            if (options.containsKey("jvm")) {
                jvm.addAll(List.of(options.get("jvm").split(" ")));
            }
            Map<String, String> settings = new LinkedHashMap<>();
            for (String setting : options.getOrDefault("set", "").split(" ")) {
                if (!setting.isEmpty()) {
                    settings.put(setting.split("=")[0], setting.split("=")[1]);
                }
            }
            contestants.add(
                    switch (peer) {
                        case "authmail" ->
                            new AuthmailContestant(
                                    new AuthmailContestant.Setup(peer, connections, jvm, settings),
                                    broker.address(),
                                    sink,
                                    own,
                                    domains);
                        case "nodemailer" -> new NodemailerContestant(connections, sink, own, domains);
                        default -> throw new IllegalArgumentException(peer);
                    });
        }
        int mails = number("mails", 5000);
        for (Contestant contestant : contestants) {
            for (int warm = 0; warm < number("warm", 3); warm++) {
                print(contestant, trial(contestant, mails), " (warming up)");
            }
        }
        int rate = number("rate", 0);
        if (rate > 0) {
            latency((AuthmailContestant) contestants.getFirst(), rate, number("seconds", 30));
            return;
        }
        Map<Contestant, List<Trial>> results = new LinkedHashMap<>();
        for (int i = 0; i < number("trials", 3); i++) {
            for (Contestant contestant : contestants) {
                Trial trial = trial(contestant, mails);
                print(contestant, trial, "");
                results.computeIfAbsent(contestant, c -> new ArrayList<>()).add(trial);
            }
        }
    }

    private void latency(AuthmailContestant authmail, int rate, int seconds) throws Exception {
        authmail.outcomes().takeElapsed();
        Random random = new Random(1);
        long begun = System.nanoTime();
        long due = begun;
        int first = published.get(authmail);
        for (int i = 0; i < rate * seconds; i++) {
            due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / rate);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait));
            }
            authmail.publish(first + i);
        }
        while (authmail.done() < first + rate * seconds) {
            Thread.sleep(5);
        }
        List<Integer> elapsed = authmail.outcomes().takeElapsed();
        int n = elapsed.size();
        System.out.printf(
                "latency at %d/s: n=%d p50 %d p90 %d p99 %d max %d ms%n",
                rate, n, elapsed.get(n / 2), elapsed.get(n * 9 / 10), elapsed.get(n * 99 / 100), elapsed.getLast());
    }

    record Trial(
            double perSecond,
            double cpuMicros,
            double sinkMicros,
            double brokerMicros,
            long peak,
            double mailsPerConnection) {}

    private Trial trial(Contestant contestant, int mails) throws InterruptedException {
        int first = published.getOrDefault(contestant, 0);
        published.put(contestant, first + mails);
        long doneBefore = contestant.done();
        long[] taken = sink.counts();
        Duration cpu = Cpu.of(contestant.pid());
        Duration sinkCpu = sink.cpu();
        Duration brokerCpu = Cpu.of(broker.pid(0));
        long begun = System.nanoTime();
        contestant.publish(first, mails);
        while (contestant.done() < doneBefore + mails) {
            Thread.sleep(2);
            if (System.nanoTime() - begun > 120e9) {
                throw new IllegalStateException(contestant.name() + " is stuck at " + contestant.done());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] takenAfter = sink.counts();
        if (takenAfter[0] - taken[0] != mails) {
            throw new IllegalStateException("the sink took " + (takenAfter[0] - taken[0]) + " of " + mails + " mails");
        }
        return new Trial(
                mails / seconds,
                micros(Cpu.of(contestant.pid()).minus(cpu), mails),
                micros(sink.cpu().minus(sinkCpu), mails),
                micros(Cpu.of(broker.pid(0)).minus(brokerCpu), mails),
                Cpu.peakMebibytes(contestant.pid()),
                mails / (double) Math.max(1, takenAfter[1] - taken[1]));
    }

    private static double micros(Duration cpu, int mails) {
        return cpu.toNanos() / 1e3 / mails;
    }

    private static void print(Contestant contestant, Trial trial, String remark) {
        System.out.printf(
                "%-12s %7.0f mails/s %6.0f CPU us/mail   sink %4.0f  broker %4.0f   peak %4d MiB  %.0f mails/conn%s%n",
                contestant.name(),
                trial.perSecond,
                trial.cpuMicros,
                trial.sinkMicros,
                trial.brokerMicros,
                trial.peak,
                trial.mailsPerConnection,
                remark);
    }

    @Override
    public void close() throws Exception {
        contestants.forEach(Contestant::close);
        broker.close();
        sink.close();
    }
}
