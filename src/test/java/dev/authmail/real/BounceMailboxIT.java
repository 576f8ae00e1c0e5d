package dev.authmail.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A real Postfix takes our mails, is refused later, and sends its reports into a Dovecot mailbox that replicas read. */
@Tag("real")
class BounceMailboxIT {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final ScriptedSmtpServer inbox = ScriptedSmtpServer.start();
    private final TestAuthmail authmail = new TestAuthmail();
    private Dovecot dovecot;
    private Postfix postfix;

    @BeforeEach
    void startServers() throws Exception {
        dovecot = Dovecot.start(authmail.certificates.keyAndChain("localhost"));
        postfix = Postfix.start(
                authmail.certificates.keyAndChain(TestAuthmail.RELAY_NAME),
                inbox.port(),
                "sender.test",
                dovecot.mailbox());
        authmail.set("authmail.relays.relay.port", postfix.port())
                .set("authmail.relays.relay.username", Postfix.USER)
                .set("authmail.relays.relay.password", Postfix.PASSWORD);
        dovecot.tell(authmail);
        inbox.on("RCPT TO:<gone").reply("550 5.1.1 no such user here");
    }

    @AfterEach
    void stop() throws Exception {
        authmail.close();
        postfix.close();
        dovecot.close();
        inbox.close();
    }

    @Test
    void twoReplicasReadOneMailboxAndTellEachBounceOnce() {
        authmail.start();
        try (ConfigurableApplicationContext second = authmail.launch(Map.of())) {
            assertThat(second.isRunning()).isTrue();
            List<String> ids = register("pair", 12);

            for (String id : ids) {
                Outcome bounced = await("the bounce of " + id)
                        .atMost(A_MINUTE)
                        .until(() -> bounces(id).stream().findFirst(), Optional::isPresent)
                        .orElseThrow();
                assertThat(bounced.data("smtpStatus")).isEqualTo("5.1.1");
                assertThat(bounced.data("userState")).isEqualTo("address-unknown");
            }
            await("all to be put away").atMost(A_MINUTE).until(() -> dovecot.in("authmail/processed") == ids.size());
            assertThat(dovecot.inInbox()).isZero();
            assertThat(ids).allSatisfy(id -> assertThat(bounces(id)).hasSize(1));
        }
    }

    @Test
    void aReplicaThatIsKilledWhileItReadsLosesNothingAndWhatItRepeatsHasTheSameId() {
        try (JavaProcess first = replica("first").awaitOut("topics created", A_MINUTE.multipliedBy(3))) {
            authmail.watch();
            List<String> ids = register("kill", 40);
            await("some to be told")
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(A_MINUTE)
                    .until(() -> ids.stream().anyMatch(id -> !bounces(id).isEmpty()));
            first.kill();

            authmail.start();
            for (String id : ids) {
                await("the bounce of " + id)
                        .atMost(A_MINUTE)
                        .until(() -> !bounces(id).isEmpty());
                assertThat(bounces(id))
                        .extracting(o -> o.attribute("id"))
                        .as(id)
                        .containsOnly(bounces(id).getFirst().attribute("id"));
            }
            await("the inbox to be empty").atMost(A_MINUTE).until(() -> dovecot.inInbox() == 0);
            assertThat(dovecot.in("authmail/processed")).isGreaterThanOrEqualTo(ids.size());
            assertThat(dovecot.in("authmail/unmatched")).isZero();
        }
    }

    private List<String> register(String name, int count) {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
        ids.forEach(id -> authmail.register(id, "gone-" + id + "@good.test"));
        ids.forEach(id -> authmail.outcome(id, "accepted"));
        return ids;
    }

    private List<Outcome> bounces(String id) {
        return authmail.outcomesOf(id).stream()
                .filter(o -> o.type().equals("bounced"))
                .toList();
    }

    private JavaProcess replica(String name) {
        return JavaProcess.start(
                authmail.folder,
                name,
                authmail.environment(),
                List.of(
                        "-Dlogging.level.dev.authmail=INFO",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.authmail.Authmail"));
    }
}
