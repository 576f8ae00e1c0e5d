package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stranger who is signed up again and again gets so many mails and no more; whoever else signs up gets theirs. */
class LimitRouteTest {
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.limits.recipient-per-hour", 2)
                .set("authmail.limits.source-per-hour", 3)
                .set("authmail.limits.source-header", "X-Client")
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void oneTooManyIsADeadLetterAndToldToTheApplication() {
        authmail.register("victim-1", "victim@good.test");
        authmail.outcome("victim-1", "accepted");
        authmail.register("victim-2", "Victim+x@good.test");
        authmail.outcome("victim-2", "accepted");
        authmail.register("victim-3", "victim@good.test");

        Outcome refused = authmail.outcome("victim-3", "failed");
        assertThat(refused.schemaProblems()).isEmpty();
        assertThat(refused.data("reason")).isEqualTo("limited");
        assertThat(refused.data("fault")).isEqualTo("policy");
        assertThat(refused.data("userState")).isEqualTo("our-fault");
        Letter letter = authmail.deadLetter("victim-3");
        assertThat(letter.reason()).isEqualTo("limited");
        assertThat(letter.detail()).contains("mails an hour to this recipient").doesNotContain("ictim");
        assertThat(refusals("recipient")).isEqualTo(1);
        authmail.register("other-1", "other@good.test");
        authmail.outcome("other-1", "accepted");
    }

    @Test
    void aRetryIsNotCountedAgain() {
        authmail.relay.on("RCPT TO:<later@").reply("451 4.3.0 later").times(1);
        authmail.mx.on("RCPT TO:<later@").reply("451 4.3.0 later").times(1);
        authmail.secondMx.on("RCPT TO:<later@").reply("451 4.3.0 later").times(1);
        authmail.register("later-1", "later@good.test");
        authmail.outcome("later-1", "accepted");
        authmail.register("later-2", "later@good.test");

        authmail.outcome("later-2", "accepted");
        assertThat(authmail.outcomesOf("later-1")).extracting(Outcome::type).contains("deferred");
    }

    @Test
    void aSourceIsLimitedHoweverManyAddressesItNames() {
        for (int i = 1; i <= 4; i++) {
            String json =
                    "{\"id\":\"source-%d\",\"userId\":\"u\",\"email\":\"s%d@good.test\",\"purpose\":\"verify-email\"}"
                            .formatted(i, i);
            authmail.publish("key-" + i, json.getBytes(UTF_8), Map.of("x-client", "198.51.100.7"));
            authmail.finalOutcome("source-" + i);
        }

        assertThat(authmail.finalOutcome("source-3").type()).isEqualTo("accepted");
        assertThat(authmail.finalOutcome("source-4").data("reason")).isEqualTo("limited");
        assertThat(refusals("source")).isEqualTo(1);
    }

    private static double refusals(String limit) {
        return authmail.context()
                .getBean(MeterRegistry.class)
                .get("authmail.limited")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
