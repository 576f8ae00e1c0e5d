package dev.authmail.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.command.DoctorCommand;
import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.TestAuthmail;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doctor sends through two real relays into one real mailbox: one leaves mails alone, one rewrites them. */
@Tag("real")
class RoundTripIT {
    private static final int NOWHERE = 9;

    @TempDir
    private Path folder;

    private TestAuthmail authmail;
    private Dovecot dovecot;
    private Postfix honest;
    private Postfix rewriting;

    @BeforeEach
    void startServers() throws Exception {
        authmail = new TestAuthmail("round-trip", folder, "localhost:1"); // no broker: none is asked
        String keyAndChain = authmail.certificates.keyAndChain(TestAuthmail.RELAY_NAME);
        dovecot = Dovecot.start(authmail.certificates.keyAndChain("localhost"));
        honest = Postfix.start(keyAndChain, NOWHERE, "sender.test", dovecot.mailbox());
        Path headers = Files.writeString(folder.resolve("headers"), "/^Subject: (.*)$/ REPLACE Subject: [EXT] $1\n");
        Path body = Files.writeString(folder.resolve("body"), "/^(.*)https:(.*)$/ REPLACE ${1}http:${2}\n");
        rewriting = Postfix.start(keyAndChain, NOWHERE, "sender.test", dovecot.mailbox(), """
                header_checks = regexp:%s
                body_checks = regexp:%s
                """.formatted(headers, body));
        dovecot.tell(authmail, "authmail.doctor.round-trip");
        authmail.set("authmail.doctor.round-trip.address", "check@sender.test").set("authmail.doctor.outside-host", "");
        relay("relay", honest);
        relay("second", rewriting);
    }

    private void relay(String name, Postfix postfix) {
        String prefix = "authmail.relays." + name;
        authmail.set(prefix + ".host", TestAuthmail.RELAY_NAME)
                .set(prefix + ".port", postfix.port())
                .set(prefix + ".username", Postfix.USER)
                .set(prefix + ".password", Postfix.PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        rewriting.close();
        honest.close();
        dovecot.close();
        authmail.relay.close();
        authmail.mx.close();
        authmail.secondMx.close();
        authmail.dns.close();
    }

    @Test
    void whichRelayRewritesMailsIsTold() throws Exception {
        StringWriter out = new StringWriter();
        int status = new CommandLine(
                        new DoctorCommand(() -> SettingsOfCommands.doctor(authmail.options()), Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .execute("--round-trip", "--no-blocklists", "--json");

        List<JsonNode> findings = new JsonMapper()
                .readTree(out.toString())
                .get("findings")
                .valueStream()
                .filter(f -> f.get("check").asString().equals("round-trip"))
                .toList();
        assertThat(status).isEqualTo(2);
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).get("status").asString()).as("%s", findings).isEqualTo("fine");
        assertThat(findings.get(0).get("found").asString())
                .startsWith("2 of 2 DKIM signatures hold")
                .endsWith("; it went by relay.test (TLS)");
        assertThat(findings.get(1).get("status").asString()).isEqualTo("failure");
        assertThat(findings.get(1).get("found").asString())
                .contains(
                        "rsa: the body was changed", "ed: the body was changed", "Subject was changed", "the body is");
        assertThat(dovecot.inInbox()).as("ours are taken out").isZero();
    }
}
