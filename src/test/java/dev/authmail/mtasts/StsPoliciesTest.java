package dev.authmail.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.DnsServer.Fault;
import dev.authmail.testkit.MovableClock;
import dev.authmail.tlsrpt.ResultType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StsPoliciesTest {
    private static final Domain DOMAIN = new Domain("b.test");
    private static final Duration DAY = Duration.ofDays(1);
    private static final PolicyFetch DOWN =
            new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, "the web server is down");

    private final DnsServer server = DnsServer.start();
    private final DnsJava dns = new DnsJava(
            new DnsSettings(List.of(server.address()), Duration.ofSeconds(3), 1, 100, Duration.ZERO, Duration.ZERO));
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final List<Domain> fetched = Collections.synchronizedList(new ArrayList<>());
    private PolicyFetch served = policy("a.b.test", 7);
    private final StsPolicies policies = new StsPolicies(
            dns,
            domain -> {
                fetched.add(domain);
                return served;
            },
            new StsSettings(2, DAY, Duration.ofMinutes(5)),
            clock);

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    private static PolicyFetch policy(String mx, int days) {
        return new PolicyFetch.Fetched(
                new StsPolicy(StsPolicy.Mode.ENFORCE, Duration.ofDays(days), List.of(new MxPattern(mx))));
    }

    private void announce(String id) {
        server.zone("b.test", "_mta-sts TXT \"v=STSv1; id=%s\"\n".formatted(id));
    }

    private void withdraw() {
        server.zone("b.test", "@ TXT \"no policy\"\n");
    }

    private String mx() {
        return switch (policies.lookup(DOMAIN)) {
            case StsLookup.Applies(StsPolicy policy) -> policy.mx().getFirst().text();
            case StsLookup.None none -> "none";
            case StsLookup.Unavailable(PolicyFetch.Failed failure) -> failure.detail();
        };
    }

    @Test
    void withoutARecordNothingIsFetched() {
        withdraw();

        assertThat(mx()).isEqualTo("none");
        assertThat(policies.lookup(new Domain("[192.0.2.1]"))).isEqualTo(new StsLookup.None());
        assertThat(fetched).isEmpty();
    }

    @Test
    void aPolicyIsFetchedOnceForEachIdOfItsRecord() {
        announce("1");

        assertThat(mx()).isEqualTo("a.b.test");
        assertThat(mx()).isEqualTo("a.b.test");
        assertThat(fetched).hasSize(1);

        announce("2");
        served = policy("c.b.test", 7);
        assertThat(mx()).isEqualTo("c.b.test");
        assertThat(fetched).hasSize(2);
    }

    @Test
    void aKnownPolicyOutlivesItsRecordAndItsWebServer() {
        announce("1");
        assertThat(mx()).isEqualTo("a.b.test");

        served = DOWN;
        announce("2");
        assertThat(mx()).as("a new one is announced and not to be had").isEqualTo("a.b.test");
        withdraw();
        assertThat(mx()).as("the record is gone").isEqualTo("a.b.test");
        server.on("_mta-sts.b.test", Fault.SERVFAIL);
        assertThat(mx()).as("the DNS is silent").isEqualTo("a.b.test");

        clock.move(Duration.ofDays(8));
        assertThat(mx()).as("after its max_age").isEqualTo("none");
    }

    @Test
    void aFailedFetchIsRepeatedAfterAWhile() {
        announce("1");
        served = DOWN;

        assertThat(mx()).isEqualTo("the web server is down");
        assertThat(mx()).isEqualTo("the web server is down");
        assertThat(fetched).hasSize(1);

        served = policy("a.b.test", 7);
        announce("2");
        assertThat(mx()).as("a new record is tried at once").isEqualTo("a.b.test");

        announce("3");
        served = DOWN;
        assertThat(mx()).isEqualTo("a.b.test");
        served = policy("c.b.test", 7);
        assertThat(mx()).isEqualTo("a.b.test");
        clock.move(Duration.ofMinutes(6));
        assertThat(mx()).isEqualTo("c.b.test");
    }

    @Test
    void aPolicyIsKeptForAWhileWhateverItsMaxAge() {
        announce("1");
        served = policy("a.b.test", 0);

        assertThat(mx()).isEqualTo("a.b.test");
        assertThat(mx()).isEqualTo("a.b.test");
        assertThat(fetched).hasSize(1);

        clock.move(Duration.ofMinutes(6));
        assertThat(mx()).isEqualTo("a.b.test");
        assertThat(fetched).hasSize(2);
    }

    @Test
    void oldPoliciesAreFetchedAgainInTheBackgroundAndKeptWhenThatFails() {
        announce("1");
        assertThat(mx()).isEqualTo("a.b.test");
        policies.refreshOld();
        assertThat(fetched).as("it is young").hasSize(1);

        clock.move(DAY.plusHours(1));
        served = DOWN;
        policies.refreshOld();
        assertThat(fetched).hasSize(2);
        assertThat(mx()).isEqualTo("a.b.test");

        served = policy("c.b.test", 7);
        policies.refreshOld();
        assertThat(mx()).isEqualTo("c.b.test");
        assertThat(fetched).hasSize(3);

        clock.move(Duration.ofDays(8));
        policies.refreshOld();
        assertThat(fetched).as("nobody has asked for it since it ended").hasSize(3);
    }

    @Test
    void theDomainThatWasUsedLongestAgoMakesRoom() {
        for (String domain : List.of("one.test", "two.test", "three.test")) {
            server.zone(domain, "_mta-sts TXT \"v=STSv1; id=1\"\n");
            policies.lookup(new Domain(domain));
        }
        policies.lookup(new Domain("three.test"));
        policies.lookup(new Domain("two.test"));
        assertThat(fetched).hasSize(3);

        policies.lookup(new Domain("one.test"));
        assertThat(fetched).hasSize(4);
    }

    @Test
    void manyMailsAtOnceFetchOnce() throws Exception {
        announce("1");
        CountDownLatch answer = new CountDownLatch(1);
        StsPolicies slow = new StsPolicies(
                dns,
                domain -> {
                    fetched.add(domain);
                    await(answer);
                    return served;
                },
                StsSettings.of(10),
                clock);
        try (ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StsLookup>> lookups = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                lookups.add(mails.submit(() -> slow.lookup(DOMAIN)));
            }
            Awaitility.await().until(() -> server.queries("_mta-sts.b.test") == 20);
            answer.countDown();
            for (Future<StsLookup> lookup : lookups) {
                assertThat(lookup.get(5, TimeUnit.SECONDS)).isInstanceOf(StsLookup.Applies.class);
            }
        }
        assertThat(fetched).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
