package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One real mail goes out with the service's settings; what is said is printed, without anything secret. */
class SendTestCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path folder;

    private TestAuthmail authmail;

    @BeforeEach
    void servers() throws IOException {
        authmail = new TestAuthmail("send-test", folder, "localhost:1"); // no broker: none is asked
        authmail.set("authmail.relays.relay.username", "authmail")
                .set(
                        "authmail.relays.relay.password-file",
                        Files.writeString(folder.resolve("password"), PASSWORD + "\n"));
        authmail.relay.requireAuth("authmail", PASSWORD);
    }

    @AfterEach
    void stop() {
        authmail.relay.close();
        authmail.mx.close();
        authmail.secondMx.close();
        authmail.dns.close();
    }

    @Test
    void theRelayTakesASignedAndMarkedMailAndTheTalkIsPrinted() {
        Run run = send("hanako.yamada@good.test");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        ReceivedMail mail = authmail.relay.mails().getFirst();
        assertThat(mail.to()).isEqualTo("hanako.yamada@good.test");
        assertThat(mail.text()).contains("Subject: [authmail send-test] ", "DKIM-Signature: ");
        assertThat(authmail.checks().dkim(mail))
                .as("signed with the real keys")
                .containsExactlyInAnyOrder("rsa-sha256 pass", "ed25519-sha256 pass");
        assertThat(lines(run))
                .containsSubsequence(
                        "== relay",
                        "C: EHLO mail.sender.test",
                        "C: STARTTLS",
                        "C: EHLO mail.sender.test",
                        "C: AUTH PLAIN …",
                        "C: RCPT TO:<…@good.test>",
                        "C: DATA",
                        "-- done, rule accepted",
                        "Accepted. The service would be done.");
        assertThat(lines(run))
                .anyMatch(line -> line.matches("-- TLSv1\\.3, TLS_\\w+, certificate verified"))
                .anyMatch(line -> line.matches("-- the message, \\d{4,} octets"))
                .anyMatch(line -> line.startsWith("C: MAIL FROM:<…@sender.test>"));
        assertNothingSecret(run);
        assertThat(authmail.mx.connections()).isZero();
    }

    @Test
    void whenTheRelayRefusesTheMxHostIsAsked() {
        authmail.relay.on("RCPT").reply("454 4.7.1 Relay access denied for hanako@good.test");

        Run run = send("hanako@good.test");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(lines(run))
                .containsSubsequence(
                        "== relay",
                        "S: 454 4.7.1 Relay access denied for …@good.test",
                        "-- next, rule relay-access-denied, fault relay, scope relay",
                        "== direct",
                        "-- done, rule accepted");
        assertThat(authmail.mx.mails()).hasSize(1);
        assertNothingSecret(run);
    }

    @Test
    void whenNobodyTakesItTheServicesNextStepIsTold() {
        authmail.mx.on("RCPT").reply("550 5.1.1 no such user hanako");

        Run run = send("hanako@good.test", "--route", "direct");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).endsWith("Not accepted. The service would give up: rejected.\n");
        assertThat(authmail.relay.connections()).isZero();
        assertNothingSecret(run);
    }

    @Test
    void aServerThatRepeatsThePasswordIsNotPrinted() {
        String response = Base64.getEncoder().encodeToString(("\0authmail\0" + PASSWORD).getBytes(UTF_8));
        authmail.relay.on("AUTH").reply("535-5.7.8 " + response, "535 5.7.8 " + PASSWORD);

        Run run = send("hanako@good.test", "--route", "relay");

        assertThat(run.status()).isEqualTo(1);
        assertThat(lines(run)).contains("S: 535 …").anyMatch(line -> line.startsWith("-- next, rule relay-auth"));
        assertThat(run.out()).contains("Not accepted. The service would try again in 1s.");
        assertNothingSecret(run);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            not-an-address                       | ADDRESS is none
            hanako@good.test --route nowhere     | there is no hop nowhere; there are [relay, direct]
            hanako@good.test --purpose party     | --purpose party has no templates
            """)
    void wrongUsageIsSaid(String line, String words) {
        Run run = send(line.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(words);
        assertThat(authmail.relay.connections()).isZero();
    }

    @Test
    void anotherLanguage() {
        assertThat(send("hanako@good.test", "--language", "ja").status()).isZero();

        assertThat(authmail.relay.mails().getFirst().text()).contains("Content-Language: ja");
    }

    private Run send(String... arguments) {
        List<String> options = new ArrayList<>(authmail.options());
        return Run.of(
                new SendTestCommand(dialogue -> SettingsOfCommands.sendTest(options, dialogue), Clock.systemUTC()),
                arguments);
    }

    private static List<String> lines(Run run) {
        return run.out().lines().toList();
    }

    private static void assertNothingSecret(Run run) {
        assertThat(run.out())
                .doesNotContain("hanako", PASSWORD, "bounce+", "sig=")
                .doesNotContain(Base64.getEncoder().encodeToString(("\0authmail\0" + PASSWORD).getBytes(UTF_8)));
    }
}
