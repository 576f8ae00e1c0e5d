package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings of the two hops switch off. */
class DeliverySwitchesRouteTest {
    @Test
    void withoutARelayTheMailGoesStraightToTheMxHosts() {
        try (TestAuthmail authmail = new TestAuthmail().set("authmail.relays.relay.host", "")) {
            authmail.start().register("straight-1", "a@good.test");

            Outcome outcome = authmail.outcome("straight-1", "accepted");
            assertThat(outcome.data("route")).isEqualTo("direct");
            assertThat(authmail.mx.mailsTo("a@good.test")).hasSize(1);
            assertThat(authmail.relay.connections()).isZero();
        }
    }

    /** Otherwise a slow destination would cost the others the work of signing what it does not take. */
    @Test
    void aMailThatNoHopWouldTakeIsPutOffBeforeItIsSigned() {
        try (TestAuthmail authmail = new TestAuthmail()
                .set("authmail.relays.relay.host", "")
                .set("authmail.direct.limits.other.connections", 1)
                .set("authmail.direct.max-wait", "200ms")) {
            authmail.mx.on("RCPT TO:<slow@").stall(Duration.ofSeconds(5));
            authmail.start().register("slow-1", "slow@good.test");
            Awaitility.await()
                    .until(() -> !authmail.mx.commands("RCPT TO:<slow@").isEmpty());

            authmail.register("waits-1", "waits@good.test");
            String waited = authmail.outcome("waits-1", "deferred").data("detail");
            long signed = signatures(authmail);
            authmail.register("comes-1", "comes@good.test");
            Outcome putOff = authmail.outcome("comes-1", "deferred");

            assertThat(signatures(authmail)).as("it was signed for nothing").isEqualTo(signed);
            assertThat(waited).contains("connections that good.test may have are in use");
            assertThat(putOff.data("detail")).as("told as if it had waited").isEqualTo(waited);
            assertThat(putOff.schemaProblems()).isEmpty();
            assertThat(putOff.data("attempt")).isEqualTo("1");
            Stream.of("slow-1", "waits-1", "comes-1").forEach(id -> authmail.outcome(id, "accepted"));
            assertThat(authmail.mx.mails()).hasSize(3);
        }
    }

    @Test
    void aDomainThatPointsIntoOurNetworkIsADeadLetter() {
        try (TestAuthmail authmail = new TestAuthmail()
                .set("authmail.relays.relay.host", "")
                .set("authmail.direct.allow-private-addresses", false)) {
            authmail.start().register("inside-1", "a@good.test");

            Letter letter = authmail.deadLetter("inside-1");
            assertThat(letter.reason()).isEqualTo("rejected");
            assertThat(letter.fault()).isEqualTo("recipient");
            assertThat(letter.detail()).contains("only addresses that are not public");
            assertThat(authmail.mx.connections() + authmail.secondMx.connections())
                    .isZero();
        }
    }

    /** Healthy is closed as long as no check has found the set-up fit. */
    @ParameterizedTest
    @ValueSource(strings = {"never", "healthy"})
    void withTheDirectRouteClosedTheMailWaitsForTheRelay(String enabled) {
        try (TestAuthmail authmail = new TestAuthmail().set("authmail.direct.enabled", enabled)) {
            // Nothing is published for the domain but DKIM keys.
            authmail.set("authmail.doctor.enabled", true)
                    .set("authmail.doctor.outside-host", "")
                    .set("authmail.doctor.address-blocklists", "")
                    .set("authmail.doctor.domain-blocklists", "");
            authmail.start();
            authmail.relay.goDown();
            authmail.register("waits-1", "a@good.test");

            Letter retry = authmail.retryRecord("1s", "waits-1");
            assertThat(retry.says("route")).isEqualTo("relay");
            assertThat(retry.detail()).contains("no connection");
            authmail.relay.comeUp();
            assertThat(authmail.outcome("waits-1", "accepted").data("route")).isEqualTo("relay");
            assertThat(authmail.mx.connections() + authmail.secondMx.connections())
                    .isZero();
        }
    }

    private static long signatures(TestAuthmail authmail) {
        return authmail.context()
                .getBean(MeterRegistry.class)
                .get("authmail.dkim.sign")
                .timer()
                .count();
    }
}
