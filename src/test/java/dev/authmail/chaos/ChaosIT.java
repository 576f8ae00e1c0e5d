package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.CountingSmtpServer.Gate;
import dev.authmail.testkit.CountingSmtpServer.Phase;
import dev.authmail.testkit.KafkaCluster;
import dev.authmail.testkit.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The full form: {@code mvn verify -Pchaos}. Needs three quarters of an hour, and libfaketime for the clock. */
@Tag("chaos")
class ChaosIT {
    private static final Report REPORT = new Report("chaos, full form");
    private static final int EVENTS_PER_SECOND = 100;
    /** What a fault may take until it shows. */
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private static KafkaCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = KafkaCluster.start(folder, 3);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    private static World world(String name) {
        return new World(cluster, name, REPORT);
    }

    @Test
    void killedInEveryPhase() {
        try (World world = world("kills")) {
            Kills kills = new Kills(world);
            kills.everyPhase(10);
            world.verdict(kills.toString());
        }
    }

    @Test
    void replicasComeAndGo() {
        try (World world = world("rebalance")) {
            Membership.joinAndLeave(world);
        }
    }

    @Test
    void partitionsMoveWhileConversationsLast() {
        try (World world = world("long-talks")) {
            Membership.moveWhileConversationsLast(world, 10);
        }
    }

    @Test
    void killedWhileOthersGoOn() {
        try (World world = world("one-of-three")) {
            Membership.killedAmongOthers(world, 3);
        }
    }

    @Test
    void eachBrokerIsKilledAndRestarted() {
        try (World world = world("one-broker")) {
            world.start();
            world.load().run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            Times pauses = new Times();
            for (int node = 0; node < cluster.size(); node++) {
                world.relay.longestPause();
                cluster.kill(node);
                World.pass(A_WHILE);
                cluster.restart(node);
                cluster.awaitAll();
                World.pass(A_WHILE);
                pauses.add(world.relay.longestPause());
            }
            world.verdict("each broker killed and restarted · longest pause: " + pauses);
        }
    }

    @Test
    void allBrokersAreGoneForAMinute() {
        try (World world = world("all-brokers")) {
            Replica replica = world.start();
            world.load().run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            for (int node = 0; node < cluster.size(); node++) {
                cluster.kill(node);
            }
            World.pass(Duration.ofSeconds(60));
            for (int node = 0; node < cluster.size(); node++) {
                cluster.restart(node);
            }
            cluster.awaitAll();
            Duration back = world.awaitFlow(System.nanoTime());
            assertThat(replica.process().isAlive()).isTrue();
            world.verdict("no broker for 60 s, the same process throughout · next mail after the cluster was back: "
                    + Report.seconds(back));
        }
    }

    /** Closed port, cut connections, 421, 451, by turns; the MX hosts take what the relay does not. */
    @Test
    void theRelayFlaps() {
        try (World world = world("flapping")) {
            world.set("authmail.direct.enabled", "always").start();
            world.load().run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            for (int round = 0; round < 8; round++) {
                world.relay.goDown();
                world.noteExposed(); // what was cut between final dot and 250 is unconfirmed, and asked for again
                world.relay.comeUp();
                String reply = round % 2 == 0 ? "421 4.3.2 going down" : "451 4.3.0 not now";
                world.relay.gate((phase, recipient) ->
                        phase == (reply.startsWith("421") ? Phase.CONNECT : Phase.RCPT) ? reply : null);
                World.pass(Duration.ofSeconds(2));
                world.relay.gate(Gate.OPEN);
                World.pass(Duration.ofSeconds(2));
            }
            world.verdict("8 rounds of 3 s down, 2 s refusing, 2 s well · " + world.mx.count() + " mails went direct, "
                    + world.watch().deferred() + " events were put off");
        }
    }

    /** One of a thousand domains answers an octet a second; its mails end when their deadline passes. */
    @Test
    void oneDestinationAnswersAnOctetASecond() {
        try (World world = world("octet-a-second").set("authmail.relays.relay.host", "");
                ScriptedSmtpServer slow = ScriptedSmtpServer.start("127.0.0.9", world.mx.port())) {
            slow.on("").drip(Duration.ofSeconds(1));
            world.set("authmail.direct.enabled", "always")
                    .set("authmail.deadline", "3m")
                    .set("authmail.dns.timeout", "10s");
            Domains.fast(world, 1000);
            Domains.of(world, "slow.test", "127.0.0.9");
            world.start();
            world.loadTo(number -> number % 20 == 7 ? "slow.test" : "d" + number % 1000 + ".test")
                    .run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            world.mx.longestPause();
            World.pass(Duration.ofSeconds(60));
            Duration pause = world.mx.longestPause();
            Verdict verdict =
                    world.verdict("5 % of the mails go there · longest pause of the others: " + Report.seconds(pause));
            int slowOnes = (verdict.in() + 12) / 20;
            assertThat(world.mx.count()).isEqualTo(verdict.in() - slowOnes);
        }
    }

    @Test
    void recordsThatAreNoEvents() {
        List<byte[]> poison = Poison.all();
        try (World world = world("poison")) {
            world.start();
            world.load().run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            world.relay.longestPause();
            for (byte[] value : poison) {
                world.load().publishRaw(null, value);
                World.pass(Duration.ofMillis(500));
            }
            Awaitility.await("a dead letter for each of them")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> world.watch().tally().getOrDefault("failed", 0) >= poison.size());
            Verdict verdict = world.verdict(poison.size() + " kinds of poison among them · longest pause: "
                    + Report.seconds(world.relay.longestPause()));
            assertThat(verdict.ends()).containsEntry("failed", poison.size());
        }
    }

    @Test
    void stoppedAtFullLoad() {
        try (World world = world("sigterm")) {
            Stop.run(world, 5);
        }
    }

    @Test
    void theClockJumps() throws IOException {
        try (World world = world("clock")) {
            Path offset = Files.writeString(folder.resolve("clock"), "+0");
            world.relay.gate(greylistOneInFour()); // so that some wait in the retry topics as the clock jumps
            world.start(Clock.environment(offset));
            world.load().run(EVENTS_PER_SECOND);
            world.awaitFlow(System.nanoTime());
            Times pauses = new Times();
            for (String jump : List.of("+3600", "+0", "-3600", "+0")) {
                world.relay.longestPause();
                Clock.jump(offset, jump);
                World.pass(A_WHILE);
                pauses.add(world.relay.longestPause());
            }
            world.verdict("the clock jumped an hour on, back, another back, and on · "
                    + world.watch().deferred() + " events waited in retry topics · longest pause: " + pauses);
        }
    }

    /** Refuses one in four recipients at the first three attempts. */
    private static Gate greylistOneInFour() {
        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        return (phase, recipient) ->
                phase == Phase.RCPT && recipient.hashCode() % 4 == 0 && attempts.merge(recipient, 1, Integer::sum) <= 3
                        ? "451 4.7.1 greylisted"
                        : null;
    }

    @Test
    void aSlowDestinationCostsTheOthersLittle() {
        SlowDestination.run(cluster, REPORT);
    }

    @Test
    void memoryDoesNotGrowWithTheBacklog() {
        Backlog.run(cluster, REPORT);
    }
}
