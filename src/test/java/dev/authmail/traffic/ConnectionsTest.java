package dev.authmail.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.traffic.Admission.Denied;
import dev.authmail.traffic.Admission.Permit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Destination SERVER = Destinations.to("192.0.2.1");
    private static final Destination OTHER_SERVER = Destinations.to("192.0.2.2");
    private static final Destination OTHER_PROVIDER = Destinations.of("other.test", "192.0.2.1");

    private final Connections connections = new Connections(provider -> 3);
    private final Deque<Permit> underWay = new ArrayDeque<>();

    @Test
    void allHostsOfAProviderCountTogetherAndProvidersApart() {
        assertThat(enter(SERVER) && enter(OTHER_SERVER) && enter(SERVER)).isTrue();

        Denied denied = (Denied) connections.ask(OTHER_SERVER);
        assertThat(denied.cause()).isEqualTo(Admission.Cause.LIMITED);
        assertThat(denied.why()).isEqualTo("all 3 connections that example.test may have are in use");
        assertThat(enter(OTHER_PROVIDER)).isTrue();

        leave("fail");
        assertThat(enter(SERVER)).isTrue();
    }

    @Test
    void afterARefusalOneConnectionThenOneMoreEachTimeAllHaveTakenAMail() {
        Connections many = new Connections(provider -> 4);
        many.beginSlowly(Destinations.PROVIDER);

        for (int allowed = 1; allowed < 4; allowed++) {
            assertThat(atOnce(many)).as("allowed").isEqualTo(allowed);
            for (int i = 1; i < allowed; i++) {
                one(many, "accept");
                assertThat(atOnce(many)).as("after %d of %d mails", i, allowed).isEqualTo(allowed);
            }
            one(many, "answer");
            assertThat(atOnce(many)).as("an unknown user is no mail taken").isEqualTo(allowed);
            one(many, "accept");
        }
        assertThat(atOnce(many)).isEqualTo(4);
    }

    @Test
    void aLimitOfOneIsRespectedBySlowBeginnings() {
        Connections single = new Connections(provider -> 1);
        single.beginSlowly(Destinations.PROVIDER);
        one(single, "accept");

        assertThat(atOnce(single)).isEqualTo(1);
    }

    @Test
    void whatIsUnderWayWhenItBeginsSlowlyCounts() {
        enter(SERVER);
        enter(SERVER);
        connections.beginSlowly(Destinations.PROVIDER);

        leave("fail");
        assertThat(enter(SERVER)).isFalse();
        leave("fail");
        assertThat(enter(SERVER)).isTrue();
    }

    @Test
    void aMailWaitsForAConnectionAndNotAfterOthersDidInVain() throws Exception {
        Connections patient = new Connections(provider -> 1);
        Permit first = (Permit) patient.ask(SERVER);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Admission> second = threads.submit(() -> patient.ask(patient(30_000)));
            first.ended(new Reception.Accepted());
            assertThat(second.get()).isInstanceOf(Permit.class);
            ((Permit) second.get()).ended(new Reception.Accepted());
        }
        Connections impatient = new Connections(provider -> 1);
        Permit slow = (Permit) impatient.ask(SERVER);
        assertThat(nanos(impatient)).as("waits").isGreaterThan(150_000_000);
        assertThat(nanos(impatient)).as("does not wait").isLessThan(150_000_000);
        slow.ended(new Reception.Accepted());
        assertThat(impatient.ask(SERVER)).isInstanceOf(Permit.class);
    }

    @Test
    void whereOthersWaitedInVainWhoComesIsToldWithoutWaitingOrTakingOne() {
        Connections single = new Connections(provider -> 1);
        assertThat(single.obstacle(SERVER)).as("nobody is there").isEmpty();
        Permit first = (Permit) single.ask(SERVER);
        assertThat(single.obstacle(SERVER)).as("it would wait").isEmpty();

        Denied denied = (Denied) single.ask(SERVER);
        assertThat(single.obstacle(SERVER)).contains(denied);
        assertThat(single.obstacle(OTHER_PROVIDER)).isEmpty();

        first.ended(new Reception.Accepted());
        assertThat(single.obstacle(SERVER)).as("one is free").isEmpty();
        assertThat(single.ask(SERVER)).isInstanceOf(Permit.class);
        assertThat(single.obstacle(SERVER)).as("none is, and none was for long").isPresent();
    }

    private static Destination patient(int millis) {
        return Destinations.of(Destinations.PROVIDER, "192.0.2.1", Duration.ofMillis(millis));
    }

    private static long nanos(Connections of) {
        long begin = System.nanoTime();
        assertThat(of.ask(patient(200))).isInstanceOf(Denied.class);
        return System.nanoTime() - begin;
    }

    private boolean enter(Destination to) {
        if (connections.ask(to) instanceof Permit permit) {
            underWay.add(permit);
            return true;
        }
        return false;
    }

    private void leave(String how) {
        underWay.remove().ended(Destinations.reception(how));
    }

    private static void one(Connections of, String how) {
        ((Permit) of.ask(SERVER)).ended(Destinations.reception(how));
    }

    /** How many may be under way at once; none is taken. */
    private static int atOnce(Connections of) {
        Deque<Permit> all = new ArrayDeque<>();
        while (of.ask(SERVER) instanceof Permit permit) {
            all.add(permit);
        }
        all.forEach(p -> p.ended(new Reception.NotAsked()));
        return all.size();
    }
}
