package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.StartTls;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who failed decides what is tried next: the relay's fault leads to the recipient's MX hosts, the recipient's ends it. */
class FailoverRouteTest {
    private static TestAuthmail authmail;
    private static int events;

    @BeforeAll
    static void start() throws IOException {
        authmail = new TestAuthmail();
        authmail.set("authmail.relays.relay.username", "authmail")
                .set(
                        "authmail.relays.relay.password-file",
                        Files.writeString(authmail.folder.resolve("password"), "correct horse\n"));
        authmail.relay.requireAuth("authmail", "correct horse");
        authmail.dns.zone("broken.test", "@ IN MX 10 mx1.good.test.\n");
        authmail.start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @AfterEach
    void mendTheServers() {
        authmail.relay.startTls(authmail.certificates.validFor(TestAuthmail.RELAY_NAME));
        authmail.relay.behaveAgain();
        authmail.mx.behaveAgain();
    }

    static Stream<Arguments> faultsOfTheRelay() {
        return Stream.of(
                fault("it does not listen", ScriptedSmtpServer::goDown),
                fault("it refuses STARTTLS", relay -> relay.startTls(StartTls.REFUSED)),
                fault("it does not offer STARTTLS", relay -> relay.startTls(StartTls.NOT_OFFERED)),
                fault(
                        "its certificate has expired",
                        relay -> relay.startTls(authmail.certificates.expired(TestAuthmail.RELAY_NAME))),
                fault(
                        "its certificate is for another name",
                        relay -> relay.startTls(authmail.certificates.validFor("other.example"))),
                fault(
                        "nobody vouches for its certificate",
                        relay -> relay.startTls(authmail.certificates.selfSigned(TestAuthmail.RELAY_NAME))),
                fault("it refuses our password", relay -> relay.on("AUTH").reply("535 5.7.8 not you")),
                fault(
                        "it is too busy",
                        relay -> relay.onConnect()
                                .reply("421 4.3.2 too many connections")
                                .close()),
                fault(
                        "it does not want us",
                        relay -> relay.onConnect().reply("554 5.7.1 go away").close()),
                fault("it defers", relay -> relay.on("RCPT").reply("451 4.3.0 try later")),
                fault("it does not relay for us", relay -> relay.on("RCPT").reply("554 5.7.1 Relay access denied")),
                fault("it hangs up", relay -> relay.on("MAIL").close()));
    }

    private static Arguments fault(String name, Consumer<ScriptedSmtpServer> fault) {
        return arguments(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfTheRelay")
    void whenTheRelayIsAtFaultTheMxHostTakesTheMailInTheSameAttempt(String name, Consumer<ScriptedSmtpServer> fault) {
        String id = id();
        String email = id + "@good.test";
        boolean down = name.equals("it does not listen");
        authmail.relay.cutAll();
        fault.accept(authmail.relay);
        try {
            authmail.register(id, email);

            Outcome outcome = authmail.outcome(id, "accepted");
            assertThat(outcome.data("route")).isEqualTo("direct");
            assertThat(outcome.data("attempt")).isEqualTo("1");
            assertThat(outcome.data("nextHop")).startsWith("mx1.good.test[127.0.0.2]");
            assertThat(outcome.data("tlsVersion")).isEqualTo("TLSv1.3");
            assertThat(outcome.schemaProblems()).isEmpty();
            assertThat(authmail.mx.mailsTo(email)).hasSize(1);
            assertThat(authmail.relay.mailsTo(email)).isEmpty();
        } finally {
            if (down) {
                authmail.relay.comeUp();
            }
        }
    }

    @Test
    void whenTheRelayKnowsNoSuchUserNoOtherHopIsTriedAndTheDeadLetterSaysWhy() {
        authmail.relay
                .on("RCPT TO:<nobody@")
                .reply("550 5.1.1 <nobody@good.test>: Recipient address rejected: nobody is unknown");
        byte[] value = "{ \"id\":\"dead-1\",\t\"userId\":\"u-dead\", \"email\":\"nobody@good.test\", \"x\":1 }\n"
                .getBytes(UTF_8);
        String source = authmail.publish(
                "user key", value, Map.of("traceparent", "00-4bf9-00f0-01", "authmail-route", "forged"));

        Letter letter = authmail.deadLetter("dead-1");
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.key()).isEqualTo("user key");
        String hop = "localhost[127.0.0.1]:" + authmail.relay.port();
        String text = "<…@good.test>: Recipient address rejected: … is unknown";
        assertThat(letter.headers())
                .containsEntry("traceparent", "00-4bf9-00f0-01")
                .containsEntry("authmail-event-id", "dead-1")
                .containsEntry("authmail-reason", "rejected")
                .containsEntry("authmail-fault", "recipient")
                .containsEntry("authmail-detail", hop + " answered to RCPT: 550 5.1.1 " + text)
                .containsEntry("authmail-attempts", "1")
                .containsEntry("authmail-route", "relay")
                .containsEntry("authmail-next-hop", hop)
                .containsEntry("authmail-smtp-command", "RCPT")
                .containsEntry("authmail-smtp-reply", "550")
                .containsEntry("authmail-smtp-status", "5.1.1")
                .containsEntry("authmail-smtp-text", "5.1.1 " + text)
                .containsEntry("authmail-source", source)
                .containsKeys("authmail-first-attempt", "authmail-last-attempt", "authmail-received")
                .hasSize(16);
        assertThat(letter.moment("last-attempt")).isEqualTo(letter.moment("first-attempt"));
        assertThat(letter.toString()).doesNotContain("nobody", "https://", "sig=");
        assertThat(authmail.mx.mailsTo("nobody@good.test")).isEmpty();
        assertThat(authmail.mx.commands("RCPT TO:<nobody@")).isEmpty();
    }

    @Test
    void theApplicationReadsThatTheAddressIsUnknown() {
        authmail.relay.on("RCPT TO:<unknown@").reply("550 5.1.1 no such user");
        authmail.register("unknown-1", "unknown@good.test");

        Outcome outcome = authmail.outcome("unknown-1", "failed");
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(outcome.key()).isEqualTo("u-unknown-1");
        assertThat(outcome.data("userState")).isEqualTo("address-unknown");
        assertThat(outcome.data("reason")).isEqualTo("rejected");
        assertThat(outcome.data("final")).isEqualTo("true");
    }

    @Test
    void whenTheFirstMxHostIsDownTheSecondTakesTheMail() {
        refuseAtTheRelay();
        authmail.mx.goDown();
        try {
            authmail.register("second-1", "direct-second@good.test");

            Outcome outcome = authmail.outcome("second-1", "accepted");
            assertThat(outcome.data("nextHop")).startsWith("mx2.good.test[127.0.0.3]");
            assertThat(authmail.secondMx.mailsTo("direct-second@good.test")).hasSize(1);
        } finally {
            authmail.mx.comeUp();
        }
    }

    @Test
    void whenTheMxHostKnowsNoSuchUserNoFurtherHostIsTried() {
        refuseAtTheRelay();
        authmail.mx.on("RCPT").reply("550 5.1.1 no such user");
        authmail.register("mx-unknown-1", "direct-unknown@good.test");

        Letter letter = authmail.deadLetter("mx-unknown-1");
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(letter.fault()).isEqualTo("recipient");
        assertThat(letter.says("route")).isEqualTo("direct");
        assertThat(letter.detail())
                .startsWith("mx1.good.test[127.0.0.2]")
                .endsWith("answered to RCPT: 550 5.1.1 no such user");
        assertThat(authmail.outcome("mx-unknown-1", "failed").data("userState")).isEqualTo("address-unknown");
        assertThat(authmail.secondMx.commands("RCPT TO:<direct-unknown@")).isEmpty();
    }

    @Test
    void aDomainThatTakesNoMailIsADeadLetterAtOnce() {
        refuseAtTheRelay();
        authmail.register("null-1", "direct@null.test");

        Letter letter = authmail.deadLetter("null-1");
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(letter.fault()).isEqualTo("recipient");
        assertThat(letter.detail()).isEqualTo("the domain takes no mail (null MX)");
        assertThat(letter.says("smtp-reply")).isNull();
        assertThat(authmail.outcome("null-1", "failed").data("userState")).isEqualTo("address-unknown");
    }

    @Test
    void aDomainThatDoesNotExistIsADeadLetterAtOnce() {
        refuseAtTheRelay();
        authmail.register("nxdomain-1", "direct@missing.good.test");

        assertThat(authmail.deadLetter("nxdomain-1").detail()).isEqualTo("the domain does not exist");
        assertThat(authmail.outcome("nxdomain-1", "failed").data("userState")).isEqualTo("address-unknown");
    }

    @Test
    void whenTheDnsCannotAnswerTheMailIsTriedLater() {
        refuseAtTheRelay();
        authmail.dns.on("broken.test", DnsServer.Fault.SERVFAIL);
        authmail.register("servfail-1", "direct@broken.test");

        assertThat(authmail.retryRecord("1s", "servfail-1").fault()).isEqualTo("network");
        authmail.dns.heal("broken.test");
        assertThat(authmail.outcome("servfail-1", "accepted").data("route")).isEqualTo("direct");
        assertThat(authmail.deadLettersOf("servfail-1")).isEmpty();
    }

    private static void refuseAtTheRelay() {
        authmail.relay.on("RCPT TO:<direct").reply("451 4.3.0 not now");
    }

    private static synchronized String id() {
        return "failover-" + ++events;
    }
}
