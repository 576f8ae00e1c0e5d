package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.Authmail;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closure;
import dev.authmail.traffic.Closures;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import dev.authmail.traffic.Reception;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Providers close and open on two replicas together; a dead relay is passed by. */
class TrafficRouteTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TestAuthmail authmail;
    private static ConfigurableApplicationContext other;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.topics.partitions", 2)
                .set("authmail.direct.closed-for", "3s")
                .set("authmail.direct.closed-at-most", "1h")
                .set("authmail.direct.warm-up.enabled", true)
                .set(
                        "authmail.direct.warm-up.first-day",
                        LocalDate.now(ZoneOffset.UTC).minusDays(1))
                .set("authmail.direct.warm-up.schedule", "1,500,1000,1000")
                .set("authmail.smtp.breaker.failures", 3)
                .set("authmail.smtp.breaker.open", "500ms")
                .set("authmail.smtp.breaker.longest", "1s");
        authmail.dns.zone("warm.test", "@ IN MX 10 mx\nmx IN A 127.0.0.2\n");
        authmail.start();
        other = authmail.launch(Map.of());
    }

    @AfterAll
    static void stop() {
        other.close();
        authmail.close();
    }

    @AfterEach
    void allIsWell() {
        authmail.relay.behaveAgain();
        authmail.mx.behaveAgain();
        run("resume", "--provider", "good.test");
        awaitClosed(0);
    }

    @Test
    void aProviderThatRefusesUsIsClosedOnAllReplicasAndOpenedByTheMailThatProbes() {
        relayDefers("probe");
        authmail.mx.onDot().reply("550 5.7.26 unauthenticated, SPF failed").times(1);

        publish("probe-1", "probe-1@good.test");

        Outcome refused = authmail.outcome("probe-1", "deferred");
        assertThat(refused.data("fault")).isEqualTo("sender");
        assertThat(refused.data("detail")).contains("550 5.7.26");
        awaitClosed(1);
        assertThat(closures(other)).singleElement().satisfies(closure -> {
            assertThat(closure.provider()).isEqualTo("good.test");
            assertThat(closure.reply()).isEqualTo("550 5.7.26 unauthenticated, SPF failed");
        });
        int before = authmail.mx.connections();
        publish("probe-2", "probe-2@other.test");
        publish("probe-3", "probe-3@good.test");
        assertThat(authmail.outcome("probe-2", "deferred").data("route")).isEqualTo("relay");
        authmail.outcome("probe-3", "deferred");
        assertThat(authmail.mx.connections())
                .as("nothing goes there, for any domain")
                .isEqualTo(before);

        Stream.of("probe-1", "probe-2", "probe-3").forEach(id -> {
            Outcome accepted = authmail.outcome(id, "accepted");
            assertThat(accepted.data("route")).isEqualTo("direct");
        });
        awaitClosed(0);
        assertThat(authmail.deadLettersOf("probe-1")).isEmpty();
    }

    @Test
    void aMailThatWasRefusedBecauseOfUsGoesThroughTheRelayLater() {
        authmail.relay.on("RCPT TO:<later").reply("451 4.3.0 not now").times(1);
        authmail.mx.onDot().reply("550 5.7.25 no PTR record");

        publish("later-1", "later@good.test");

        assertThat(authmail.outcome("later-1", "accepted").data("route")).isEqualTo("relay");
        assertThat(authmail.mx.mailsTo("later@good.test")).isEmpty();
    }

    @Test
    void anOperatorOpensAProviderOnAllReplicas() {
        relayDefers("operator");
        authmail.mx
                .on("RCPT TO:<operator-1")
                .reply("550 5.7.1 IP blocked using zen.test")
                .times(1);
        authmail.mx
                .on("RCPT TO:<operator-2")
                .reply("550 5.7.1 IP blocked using zen.test")
                .times(1);
        publish("operator-1", "operator-1@good.test");
        awaitClosed(1);

        assertThat(run("resume", "--provider", "good.test")).isZero();
        awaitClosed(0);

        publish("operator-2", "operator-2@good.test");
        awaitClosed(1);
        assertThat(closures(other))
                .extracting(Closure::times)
                .as("it counts anew")
                .containsExactly(1);
    }

    @Test
    void aDeadRelayIsPassedByUntilItIsBack() {
        authmail.relay.goDown();
        IntStream.range(0, 20).forEach(i -> publish("dead-" + i, "dead-" + i + "@good.test"));
        IntStream.range(0, 20)
                .mapToObj(i -> authmail.outcome("dead-" + i, "accepted"))
                .forEach(outcome -> assertThat(outcome.data("route")).isEqualTo("direct"));
        assertThat(open(authmail.context()) + open(other)).isPositive();

        authmail.relay.comeUp();

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            String id = "back-" + System.nanoTime();
            publish(id, id + "@good.test");
            assertThat(authmail.outcome(id, "accepted").data("route")).isEqualTo("relay");
        });
    }

    /** They were let pass before anybody knew, and must not wait for the silent relay one after another. */
    @Test
    void mailsThatWaitForAConnectionToASilentRelayPassItByAsSoonAsTwoWereMetWithSilence() {
        Gate gate = authmail.context().getBean("relayGate", Gate.class);
        var server = new SmtpServer("silent.test", InetAddress.getLoopbackAddress(), 25, TlsPolicy.VERIFIED, null);
        var relay = new Destination("silent relay", server, Duration.ofMinutes(1));
        List<Admission.Permit> dialling = IntStream.range(0, 20)
                .mapToObj(i -> (Admission.Permit) gate.ask(relay))
                .toList();
        Queue<Admission> answers = new ConcurrentLinkedQueue<>();
        List<Thread> waiting = IntStream.range(0, 5)
                .mapToObj(i -> Thread.ofPlatform().start(() -> answers.add(gate.ask(relay))))
                .toList();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        dialling.subList(0, 2).forEach(permit -> permit.ended(new Reception.Unreachable(true)));

        Awaitility.await().atMost(SOON).until(() -> answers.size() == 5);
        assertThat(answers.stream().filter(Admission.Permit.class::isInstance))
                .as("after the first silence one could go")
                .hasSizeLessThanOrEqualTo(1);
        assertThat(answers.stream()
                        .filter(Admission.Denied.class::isInstance)
                        .map(denied -> ((Admission.Denied) denied).cause()))
                .hasSizeGreaterThanOrEqualTo(4)
                .containsOnly(Admission.Cause.UNREACHABLE);
        dialling.subList(2, 20).forEach(permit -> permit.ended(new Reception.NotAsked()));
    }

    @Test
    void duringTheWarmUpWhatIsOverTheCeilingOfAllReplicasGoesThroughTheRelay() {
        authmail.relay.on("RCPT TO:<warm").reply("451 4.3.0 not now").times(2);
        publish("warm-1", "warm-1@warm.test");
        assertThat(authmail.outcome("warm-1", "accepted").data("route")).isEqualTo("direct");

        String key = "warm-up/direct/warm.test/" + LocalDate.now(ZoneOffset.UTC) + "/another";
        authmail.kafka().send(authmail.state(), key, "{\"count\":500}".getBytes(UTF_8), Map.of());
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Stream.of(authmail.context(), other).allMatch(replica -> isOverCeiling(replica)));
        publish("warm-2", "warm-2@warm.test");

        Outcome over = authmail.outcome("warm-2", "accepted");
        assertThat(over.data("route")).isEqualTo("relay");
        assertThat(authmail.mx.mailsTo("warm-2@warm.test")).isEmpty();
    }

    private static boolean isOverCeiling(ConfigurableApplicationContext replica) {
        Gate gate = replica.getBean("directGate", Gate.class);
        var server =
                new SmtpServer("mx.warm.test", InetAddress.getLoopbackAddress(), 25, TlsPolicy.OPPORTUNISTIC, null);
        return switch (gate.ask(new Destination("warm.test", server, Duration.ZERO))) {
            case Admission.Denied denied -> denied.why().contains("no more than 500 mails today");
            case Admission.Permit permit -> {
                permit.ended(new Reception.NotAsked());
                yield false;
            }
        };
    }

    private static void relayDefers(String localPart) {
        authmail.relay.on("RCPT TO:<" + localPart).reply("451 4.3.0 not now");
    }

    /** The replicas take turns. */
    private static void publish(String id, String email) {
        authmail.publish(
                "u-" + id,
                "{\"id\": \"%s\", \"userId\": \"u-%s\", \"email\": \"%s\"}"
                        .formatted(id, id, email)
                        .getBytes(UTF_8),
                Map.of());
    }

    private static void awaitClosed(int count) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Stream.of(authmail.context(), other)
                        .allMatch(replica -> closures(replica).size() == count));
    }

    private static List<Closure> closures(ConfigurableApplicationContext replica) {
        return replica.getBean(Closures.class).inForce();
    }

    private static long open(ConfigurableApplicationContext replica) {
        return replica.getBean(Breakers.class).open(to -> to.provider().equals("relay"));
    }

    private static int run(String... arguments) {
        Stream<String> settings = Stream.of(
                "--authmail.kafka.brokers=" + Broker.address(), "--authmail.topics.state=" + authmail.state());
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        return Authmail.commands(InputStream.nullInputStream(), nowhere)
                .run(Stream.concat(Stream.of(arguments), settings).toArray(String[]::new))
                .orElseThrow();
    }
}
