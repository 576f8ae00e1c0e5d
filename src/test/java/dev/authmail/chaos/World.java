package dev.authmail.chaos;

import dev.authmail.testkit.CountingSmtpServer;
import dev.authmail.testkit.KafkaCluster;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What one scenario stands on: topics of its own on the cluster, a relay (127.0.0.1) and an MX host (127.0.0.2) that count,
 * replicas of authmail, load, and the watch. All mail goes to the relay unless the scenario sets it otherwise.
 */
final class World implements AutoCloseable {
    static final List<String> QUICK_TO_START = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    static final int PARTITIONS = 3;

    final KafkaCluster cluster;
    final CountingSmtpServer relay = CountingSmtpServer.start("127.0.0.1", 0);
    final CountingSmtpServer mx = CountingSmtpServer.start("127.0.0.2", 0);
    private final String name;
    private final Path folder;
    private final TestAuthmail settings;
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<String, Integer> exposed = new ConcurrentHashMap<>();
    private final Waits waits = new Waits();
    private final Report report;
    private List<String> options = QUICK_TO_START;
    private Load load;
    private Watch watch;

    World(KafkaCluster cluster, String name, Report report) {
        this.cluster = cluster;
        this.name = name;
        this.report = report;
        try {
            folder = Files.createTempDirectory("chaos-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        relay.onTaken(waits::end);
        mx.onTaken(waits::end);
        settings = new TestAuthmail(name + ".", folder, cluster.address());
        set("authmail.relays.relay.port", relay.port());
        set("authmail.relays.relay.tls", "none");
        set("authmail.relays.relay.host", "localhost");
        set("authmail.direct.port", mx.port());
        set("authmail.direct.tls", "none");
        set("authmail.direct.enabled", "never");
        set("authmail.topics.partitions", PARTITIONS);
    }

    /** Overrides a setting of authmail, before the replicas start. */
    World set(String setting, Object value) {
        settings.set(setting, value);
        return this;
    }

    /** The options of the JVMs of the replicas. */
    World options(List<String> jvm) {
        options = jvm;
        return this;
    }

    /** Zones for recipients. */
    TestAuthmail settings() {
        return settings;
    }

    /** Starts another replica and waits for it; the first one makes the topics. */
    Replica start() {
        return start(Map.of());
    }

    Replica start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(settings.environment());
        all.putAll(environment);
        Replica replica = Replica.launch(folder, all, options);
        replicas.add(replica);
        replica.awaitStarted();
        if (watch == null) {
            watch = new Watch(cluster.address(), settings.outcomes(), name + ".ledger");
        }
        return replica;
    }

    /** The load, which does not run yet. Recipients are at good.test. */
    Load load() {
        return load == null ? loadTo(number -> "good.test") : load;
    }

    /** The load with these domains of recipients. */
    Load loadTo(IntFunction<String> domains) {
        load = new Load(cluster.address(), settings.registrations(), Report.SEED, domains, waits);
        return load;
    }

    Report report() {
        return report;
    }

    Watch watch() {
        return watch;
    }

    Waits waits() {
        return waits;
    }

    List<String> mailsTo(String recipient) {
        return Stream.of(relay, mx)
                .flatMap(server -> server.taken().getOrDefault(recipient, List.of()).stream())
                .toList();
    }

    int mails() {
        return relay.count() + mx.count();
    }

    /**
     * Notes which conversations a kill has caught between the final dot and the ledger, and returns how many there are of
     * which that was not known. Call it before a restart. Other replicas that go on add the few that they have there now.
     */
    int noteExposed() {
        if (isAnyAlive()) {
            pass(Duration.ofSeconds(3)); // what the killed one had sent is read, and nobody has its partitions yet
        } else {
            relay.awaitNoConnection();
        }
        watch.catchUp();
        int before = exposedCount();
        load.events().forEach((recipient, event) -> {
            int mails = mailsTo(recipient).size();
            if (mails > 0 && !watch.isAccepted(event)) {
                exposed.put(event, mails);
            }
        });
        return exposedCount() - before;
    }

    /** How many mails to the event's recipient a kill has exposed, by event. */
    Map<String, Integer> exposed() {
        return exposed;
    }

    int exposedCount() {
        return exposed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Waits until another mail comes, and returns how long that took since a moment of {@link System#nanoTime}. */
    Duration awaitFlow(long since) {
        int before = mails();
        Awaitility.await("mail to flow again")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(5))
                .until(() -> mails() > before);
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Stops the load, waits until every event has ended and nothing changes any more, and tells and checks the verdict. */
    Verdict verdict(String remarks) {
        load.stop();
        return settle(remarks);
    }

    /** As {@link #verdict}, of load that runs no more. */
    Verdict settle(String remarks) {
        while (!haveAllEnded()) {
            awaitMoreEnded();
        }
        watch.catchUp();
        Verdict verdict = Verdict.of(this);
        report.line(name, verdict + (remarks.isEmpty() ? "" : " · " + remarks));
        verdict.check();
        return verdict;
    }

    /** The offset that the group has committed, by partition of the events. */
    Map<Integer, Long> committed() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.address()))) {
            Map<Integer, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(name + ".group")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (partition.topic().equals(settings.registrations())) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
            return committed;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets things go on for so long. */
    static void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A machine that has other work to do may be slow, as long as it gets on. */
    private void awaitMoreEnded() {
        int before = watch.ended().size();
        try {
            Awaitility.await("more events to end")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> watch.ended().size() > before || haveAllEnded());
        } catch (ConditionTimeoutException stuck) {
            report.line(name, "stuck: " + Verdict.of(this));
            throw stuck;
        }
    }

    private boolean isAnyAlive() {
        return replicas.stream().anyMatch(r -> r.process().isAlive());
    }

    private boolean haveAllEnded() {
        if (!isAnyAlive()) {
            throw new AssertionError("no replica is left");
        }
        return watch.ended().keySet().containsAll(load.events().values());
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        if (load != null) {
            load.close();
        }
        if (watch != null) {
            watch.close();
        }
        relay.close();
        mx.close();
        settings.close();
    }
}
