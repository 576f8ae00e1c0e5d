package dev.authmail.bench;

import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The whole job, from the record on Kafka to the outcome that Kafka has acknowledged, beside others that do it. Each is a
 * process of its own, as are broker and sink; they take turns. {@code bench/README.md}.
 */
final class FlowBench {
    private static final List<String> BROKER = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final IntFunction<String> FIFTY_DOMAINS = number -> "d" + number % 50 + ".bench.test";
    private static final List<Integer> DOMAINS = List.of(10, 100, 1_000, 10_000);
    private static final int MX_HOSTS = 10;

    private final FlowOptions options;
    private final KafkaCluster broker;
    private final Path folder;

    private FlowBench(FlowOptions options, KafkaCluster broker, Path folder) {
        this.options = options;
        this.broker = broker;
        this.folder = folder;
    }

    /** @param args {@link FlowOptions} */
    public static void main(String[] args) throws Exception {
        FlowOptions options = FlowOptions.of(args);
        Path folder = Files.createTempDirectory("authmail-bench");
        System.out.printf(
                "%d processors, Java %s, load before %s%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                Files.readString(Path.of("/proc/loadavg")).strip());
        try (KafkaCluster broker = KafkaCluster.start(folder, 1, BROKER)) {
            FlowBench bench = new FlowBench(options, broker, folder);
            for (String scenario : options.list("scenarios")) {
                bench.run(scenario);
            }
        }
        System.exit(0);
    }

    private void run(String scenario) throws Exception {
        switch (scenario) {
            case "near" -> relay("next door, 8 connections", Duration.ZERO, 8, options.list("peers"));
            case "far" ->
                relay(
                        "20 ms a round trip, 64 connections",
                        Duration.ofMillis(20),
                        64,
                        options.list("peers").stream()
                                .filter(peer -> !peer.equals("plain"))
                                .toList());
            case "latency" -> latency();
            case "domains" -> domains();
            default -> throw new IllegalArgumentException("there is no scenario " + scenario);
        }
    }

    private void relay(String title, Duration delay, int connections, List<String> peers) throws Exception {
        System.out.printf("%n## A relay %s%n%n", title);
        List<Contestant> contestants = new ArrayList<>();
        try (SinkProcess sink = new SinkProcess(delay, options.chunking(), 0)) {
            for (String peer : peers) {
                contestants.add(contestant(peer, title, connections, sink));
            }
            new Turns(sink, broker.pid(0), options.number("mails"))
                    .warm(contestants, options.number("warm"))
                    .run(contestants, options.number("trials"))
                    .print("nodemailer");
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private Contestant contestant(String peer, String title, int connections, SinkProcess sink) throws IOException {
        Path own = Files.createTempDirectory(folder, peer);
        return switch (peer) {
            case "authmail" -> authmail(connections, sink, Map.of(), own, FIFTY_DOMAINS);
            case "nodemailer" -> new NodemailerContestant(connections, sink, own, FIFTY_DOMAINS);
            case "plain" -> new PlainContestant(connections, broker.address(), sink, own, FIFTY_DOMAINS);
            default -> throw new IllegalArgumentException("there is no peer " + peer + " for " + title);
        };
    }

    private AuthmailContestant authmail(
            int connections, SinkProcess sink, Map<String, String> more, Path own, IntFunction<String> domains) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(options.settings());
        return new AuthmailContestant(
                new AuthmailContestant.Setup(connections, options.jvm(), settings),
                broker.address(),
                sink,
                own,
                domains);
    }

    private void latency() throws Exception {
        int rate = options.number("rate");
        System.out.printf("%n## From the event to the 250, %d events a second at random moments%n%n", rate);
        Path own = Files.createTempDirectory(folder, "latency");
        try (SinkProcess sink = new SinkProcess(Duration.ZERO, options.chunking(), 0);
                AuthmailContestant authmail = authmail(8, sink, Map.of(), own, FIFTY_DOMAINS)) {
            Turns turns = new Turns(sink, broker.pid(0), options.number("mails"));
            turns.warm(List.of(authmail), options.number("warm"));
            authmail.outcomes().takeElapsed();
            List<Integer> elapsed = publish(authmail, turns.published(authmail), rate, options.number("seconds"));
            int count = elapsed.size();
            System.out.printf(
                    "%n| events | p50 | p90 | p99 | p99.9 | longest |%n|---:|---:|---:|---:|---:|---:|%n"
                            + "| %d | %d ms | %d ms | %d ms | %d ms | %d ms |%n",
                    count,
                    elapsed.get(count / 2),
                    elapsed.get(count * 9 / 10),
                    elapsed.get(count * 99 / 100),
                    elapsed.get(count * 999 / 1000),
                    elapsed.getLast());
        }
    }

    private static List<Integer> publish(AuthmailContestant authmail, int first, int rate, int seconds)
            throws InterruptedException {
        Random random = new Random(5321);
        long due = System.nanoTime();
        int count = rate * seconds;
        for (int i = 0; i < count; i++) {
            due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / rate);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            authmail.publish(first + i);
        }
        while (authmail.outcomes().noted() < count) {
            Thread.sleep(10);
        }
        return authmail.outcomes().takeElapsed();
    }

    /** Straight to ten MX hosts, which more and more domains share. */
    private void domains() throws Exception {
        System.out.printf("%n## Straight to %d MX hosts, 8 connections each%n%n", MX_HOSTS);
        Path own = Files.createTempDirectory(folder, "domains");
        try (SinkProcess sink = new SinkProcess(Duration.ZERO, options.chunking(), MX_HOSTS);
                DnsServer dns = zones();
                AuthmailContestant authmail = authmail(8, sink, direct(sink, dns), own, FIFTY_DOMAINS)) {
            List<DomainsContestant> contestants = DOMAINS.stream()
                    .map(count -> new DomainsContestant(authmail, count))
                    .toList();
            new Turns(sink, broker.pid(0), options.number("mails"))
                    .warm(contestants, Math.ceilDiv(options.number("warm"), DOMAINS.size()))
                    .run(contestants, options.number("trials"))
                    .print(contestants.getFirst().name());
        }
    }

    private static DnsServer zones() {
        StringBuilder hosts = new StringBuilder("$TTL 3600\n");
        IntStream.rangeClosed(1, MX_HOSTS)
                .forEach(host -> hosts.append("mx%d A %s%n".formatted(host, Sink.address(host))));
        DnsServer dns = DnsServer.start().zone("bench.test", hosts.toString());
        for (int count : DOMAINS) {
            StringBuilder zone = new StringBuilder("$TTL 3600\n");
            for (int domain = 0; domain < count; domain++) {
                zone.append("d%d MX 10 mx%d.bench.test.%n".formatted(domain, 1 + domain % MX_HOSTS));
            }
            dns.zone("of" + count + ".bench.test", zone.toString());
        }
        return dns;
    }

    private static Map<String, String> direct(SinkProcess sink, DnsServer dns) {
        return Map.of(
                "authmail.relays.relay.host", "",
                "authmail.direct.enabled", "always",
                "authmail.direct.max-wait", "10m", // what is put off ends the bench
                "authmail.direct.port", Integer.toString(sink.port),
                "authmail.direct.allow-private-addresses", "true",
                "authmail.direct.ip-preference", "ipv4-only",
                "authmail.dns.servers", "127.0.0.1:" + dns.address().getPort());
    }
}
