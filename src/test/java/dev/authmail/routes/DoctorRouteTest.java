package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.doctor.Findings;
import dev.authmail.doctor.ScoreCard;
import dev.authmail.doctor.Status;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.traffic.Closures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** The doctor in the running service, a record breaks and is mended, and what follows from it. */
class DoctorRouteTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SPF = "@ 0 IN TXT \"v=spf1 ip4:192.0.2.7 -all\"\n";
    private static final String BROKEN = "@ 0 IN TXT \"v=spf1 -all\"\n";

    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.doctor.enabled", true)
                .set("authmail.doctor.interval", "1s")
                .set("authmail.doctor.fine-for", "0s")
                .set("authmail.doctor.addresses", "192.0.2.7")
                .set("authmail.doctor.address-blocklists", "")
                .set("authmail.doctor.domain-blocklists", "")
                .set("authmail.doctor.outside-host", "")
                .set("authmail.direct.enabled", "healthy")
                .set("authmail.direct.closed-for", "1h");
        authmail.dns.zone("test", ""); // where DMARC's walk up ends
        authmail.dns.zone("2.0.192.in-addr.arpa", "7 IN PTR mail.sender.test.\n");
        publish(SPF);
        authmail.start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    private static void publish(String spf) {
        authmail.dns.zone("sender.test", """
                @ 0 IN MX 10 in
                in IN A 127.0.0.1
                mail IN A 192.0.2.7
                _dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@sender.test"
                """ + authmail.keys.dkimRecords() + spf);
    }

    @Test
    void aBrokenRecordClosesTheDirectRouteIsToldOnceAndItsMendOpensAgain() {
        await(() -> assertThat(health(authmail.context())).startsWith("UP").contains("spf=fine"));
        authmail.relay.on("RCPT TO:<doctor").reply("451 4.3.0 not now");
        authmail.register("doctor-1", "doctor-1@good.test");
        assertThat(authmail.outcome("doctor-1", "accepted").data("route"))
                .as("all is well")
                .isEqualTo("direct");

        authmail.mx
                .on("RCPT TO:<doctor-2")
                .reply("550 5.7.26 unauthenticated, SPF failed")
                .times(1);
        authmail.register("doctor-2", "doctor-2@good.test");
        await(() ->
                assertThat(authmail.context().getBean(Closures.class).inForce()).hasSize(1));

        publish(BROKEN);
        ConsumerRecord<byte[], byte[]> told =
                authmail.kafka().await(authmail.findings(), r -> new String(r.value(), UTF_8).contains("failure"));
        assertThat(new String(told.key(), UTF_8)).isEqualTo("spf/sender.test");
        assertThat(new String(told.value(), UTF_8))
                .contains("\"was\":\"fine\"", "sender.test. 3600 IN TXT \\\"v=spf1 ip4:192.0.2.7 -all\\\"");
        await(() -> assertThat(health(authmail.context())).startsWith("FAILURE").contains("spf=failure"));
        assertThat(authmail.context()
                        .getBean(MeterRegistry.class)
                        .get("authmail.findings")
                        .tag("check", "spf")
                        .tag("status", "failure")
                        .gauge()
                        .value())
                .isOne();
        int before = authmail.mx.connections();
        authmail.register("doctor-3", "doctor-3@other.test");
        Outcome waits = authmail.outcome("doctor-3", "deferred");
        assertThat(waits.data("route")).isEqualTo("relay");
        assertThat(authmail.mx.connections()).as("nothing goes there").isEqualTo(before);

        aReplicaThatStartsNowSaysNothing();

        publish(SPF);

        authmail.kafka().await(authmail.findings(), r -> new String(r.value(), UTF_8).contains("\"was\":\"failure\""));
        Stream.of("doctor-2", "doctor-3")
                .forEach(id -> assertThat(authmail.outcome(id, "accepted").data("route"))
                        .as("the provider that complained of SPF is open again")
                        .isEqualTo("direct"));
        assertThat(spfChanges()).as("one break, one mend").hasSize(2);
        assertThat(ScoreCard.of(
                        findings(authmail.context()).latest().orElseThrow().findings()))
                .isNotEmpty();
    }

    private static void aReplicaThatStartsNowSaysNothing() {
        try (ConfigurableApplicationContext other = authmail.launch(Map.of("authmail.doctor.interval", "1h"))) {
            await(() -> assertThat(findings(other).latest())
                    .hasValueSatisfying(e -> assertThat(e.byCheck()).containsEntry("spf", Status.FAILURE)));
        }
        assertThat(spfChanges()).as("it is told already").hasSize(1);
    }

    private static List<ConsumerRecord<byte[], byte[]>> spfChanges() {
        return authmail.kafka().seen(authmail.findings()).stream()
                .filter(r -> new String(r.key(), UTF_8).startsWith("spf/"))
                .toList();
    }

    private static Findings findings(ConfigurableApplicationContext replica) {
        return replica.getBean(Findings.class);
    }

    private static String health(ConfigurableApplicationContext replica) {
        return String.valueOf(
                replica.getBean("doctorHealthIndicator", HealthIndicator.class).health());
    }

    private static void await(ThrowingRunnable holds) {
        Awaitility.await().atMost(SOON).untilAsserted(holds);
    }
}
