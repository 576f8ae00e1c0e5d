package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
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
}
