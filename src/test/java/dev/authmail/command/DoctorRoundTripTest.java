package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.MailboxServer;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor --round-trip} with the settings of the service: a real mail, a real mailbox. */
class DoctorRoundTripTest {
    @TempDir
    private Path folder;

    private TestAuthmail authmail;
    private MailboxServer mailbox;

    @BeforeEach
    void servers() {
        authmail = new TestAuthmail("round-trip", folder, "localhost:1"); // no broker: none is asked
        mailbox = MailboxServer.start();
        mailbox.letIn(authmail, "authmail.doctor.round-trip", "imaps");
        authmail.set("authmail.doctor.round-trip.address", "check@good.test")
                .set("authmail.doctor.outside-host", "")
                .set("authmail.doctor.addresses", "192.0.2.7");
    }

    @AfterEach
    void stop() {
        mailbox.close();
        authmail.relay.close();
        authmail.mx.close();
        authmail.secondMx.close();
        authmail.dns.close();
    }

    @Test
    void theMailIsSentAsTheServiceDoesAndFoundAgain() {
        CompletableFuture<Run> running = CompletableFuture.supplyAsync(() -> doctor("--round-trip"));
        Awaitility.await("the mail, or an end without it")
                .atMost(Duration.ofMinutes(1))
                .until(() -> running.isDone() || !authmail.relay.mails().isEmpty());
        assertThat(running.isDone() ? running.join().out() + running.join().err() : "")
                .as("it waits for the mail")
                .isEmpty();
        ReceivedMail sent = authmail.relay.mails().getFirst();
        mailbox.deliver(sent.text());
        Run run = running.join();

        assertThat(sent.to()).isEqualTo("check@good.test");
        assertThat(sent.from()).startsWith("bounce+").endsWith("@sender.test");
        assertThat(authmail.checks().dkim(sent))
                .as("signed with the real keys")
                .containsExactlyInAnyOrder("rsa-sha256 pass", "ed25519-sha256 pass");
        assertThat(run.out())
                .contains("ok       round-trip  relay: 2 of 2 DKIM signatures hold after ")
                .doesNotContain("check@", "bounce+");
        assertThat(mailbox.subjectsIn("INBOX")).isEmpty();
    }

    @Test
    void withoutTheOptionNothingIsSent() {
        assertThat(doctor().out()).doesNotContain("round-trip");
        assertThat(authmail.relay.mails()).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsSent() {
        authmail.set("authmail.doctor.round-trip.address", "");

        Run run = doctor("--round-trip");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("authmail.doctor.round-trip.address: is missing");
        assertThat(doctor("--round-trip", "--domain", "a.test").err()).contains("does not go with --domain");
        assertThat(authmail.relay.connections()).isZero();
    }

    private Run doctor(String... arguments) {
        List<String> options = authmail.options();
        DoctorCommand command = new DoctorCommand(() -> SettingsOfCommands.doctor(options), Clock.systemUTC());
        return Run.of(
                command,
                Stream.concat(Stream.of("--no-blocklists"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
