package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.command.SuppressionsRun;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that nobody has gets one mail and not a second; its user hears why, and an operator can release it. */
class SuppressionRouteTest {
    @TempDir
    static Path keys;

    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(keys.resolve("2026-11.key"), Base64.getUrlEncoder().encodeToString(new byte[32]));
        authmail = new TestAuthmail();
        authmail.set("authmail.suppression.keys", keys);
        authmail.start();
        authmail.relay.on("RCPT TO:<nobody@good.test>").reply("550 5.1.1 no such user");
        authmail.relay.on("RCPT TO:<full@good.test>").reply("552 5.2.2 mailbox full");
        authmail.relay
                .on("RCPT TO:<typed-again@good.test>")
                .reply("550 5.1.1 no such user")
                .times(1);
        authmail.relay
                .on("RCPT TO:<released@good.test>")
                .reply("550 5.1.1 no such user")
                .times(1);
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void whatAServerRefusedIsNotMailedAgain() {
        authmail.register("first", "nobody@good.test");
        authmail.outcome("first", "failed");
        authmail.register("second", "Nobody@good.test");

        Outcome refused = authmail.outcome("second", "suppressed");
        assertThat(refused.data("reason")).isEqualTo("suppressed");
        assertThat(refused.data("fault")).isEqualTo("recipient");
        assertThat(refused.data("userState")).as("what its user saw before").isEqualTo("address-unknown");
        assertThat(refused.data("final")).isEqualTo("true");
        Letter letter = authmail.deadLetter("second");
        assertThat(letter.says("reason")).isEqualTo("suppressed");
        assertThat(letter.says("detail")).contains("a server refused it").doesNotContain("obody@");
    }

    @Test
    void aFullMailboxSuppressesNobody() {
        authmail.register("full-1", "full@good.test");
        authmail.outcome("full-1", "failed");
        authmail.register("full-2", "full@good.test");

        assertThat(authmail.finalOutcome("full-2").type()).isEqualTo("failed");
    }

    @Test
    void whoConfirmedTheAddressIsMailedOnceMore() {
        authmail.register("typed-1", "typed-again@good.test");
        authmail.outcome("typed-1", "failed");
        authmail.register("""
                {"id": "typed-2", "userId": "u-typed", "email": "typed-again@good.test", "addressConfirmed": true}""");

        assertThat(authmail.finalOutcome("typed-2").type()).isEqualTo("accepted");
    }

    @Test
    void anOperatorListsReleasesAndAdds() {
        authmail.register("released-1", "released@good.test");
        authmail.outcome("released-1", "failed");
        assertThat(SuppressionsRun.of(authmail, "", "list").out()).contains("rejected");
        assertThat(SuppressionsRun.of(authmail, "", "export").out())
                .contains("\"reason\":\"rejected\"")
                .doesNotContain("@");

        assertThat(SuppressionsRun.of(authmail, "released@good.test\n", "release")
                        .out())
                .isEqualTo("Released: 1\n");
        await().untilAsserted(() -> {
            String id = "released-" + System.nanoTime();
            authmail.register(id, "released@good.test");
            assertThat(authmail.finalOutcome(id).type()).isEqualTo("accepted");
        });

        assertThat(SuppressionsRun.of(authmail, "unwanted@good.test\n", "add").out())
                .isEqualTo("Suppressed: 1\n");
        await().untilAsserted(() -> {
            String id = "unwanted-" + System.nanoTime();
            authmail.register(id, "unwanted@good.test");
            assertThat(authmail.finalOutcome(id).type()).isEqualTo("suppressed");
        });
    }

    @Test
    void aRecordThatIsNoneOfOursHarmsNobody() {
        authmail.kafka().send(authmail.suppressions(), "k", "nonsense".getBytes(UTF_8), Map.of());
        authmail.register("harmless", "hanako@good.test");

        assertThat(authmail.finalOutcome("harmless").type()).isEqualTo("accepted");
    }
}
