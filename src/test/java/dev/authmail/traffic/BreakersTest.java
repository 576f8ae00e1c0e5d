package dev.authmail.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.traffic.Admission.Denied;
import dev.authmail.traffic.Admission.Permit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakersTest {
    private static final Destination SERVER = Destinations.to("192.0.2.1");
    private static final Duration TEN = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger probes = new AtomicInteger();
    private volatile boolean answers;
    private final Breakers breakers = breakers(3, (server, deadline) -> answers);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fail fail                             | yes | fewer than three
            fail fail fail                        | no  | three in a row
            silent                                | yes | one silence
            silent fail                           | no  | silence counts for half: it keeps a mail waiting
            silent accept fail                    | yes | not in a row
            fail fail accept fail fail            | yes | not in a row
            fail fail answer fail fail            | yes | an unknown recipient shows that the server works
            fail fail refuse-us fail fail         | yes | a server that refuses us works; closures are for that
            fail fail not-asked fail              | no  | who was not asked says nothing
            answer answer answer answer           | yes | what is said of recipients never counts
            """)
    void failuresInARowOpenIt(String story, String mayGo, String reason) {
        tell(story);

        assertThat(breakers.ask(SERVER) instanceof Permit).as(reason).isEqualTo(mayGo.equals("yes"));
    }

    @Test
    void whileItIsOpenTheServerIsPassedByWithoutAProbe() {
        tell("fail fail fail");
        clock.advance(Duration.ofSeconds(9));

        Denied denied = (Denied) breakers.ask(SERVER);

        assertThat(denied.cause()).isEqualTo(Admission.Cause.UNREACHABLE);
        assertThat(denied.why()).isEqualTo("mx.example.test[192.0.2.1]:25 keeps failing and is passed by");
        assertThat(denied.retryAfter()).hasSeconds(1);
        assertThat(probes).hasValue(0);
        assertThat(breakers.ask(Destinations.to("192.0.2.2")))
                .as("another server")
                .isInstanceOf(Permit.class);
        assertThat(breakers.open(to -> true)).isEqualTo(1);
    }

    @Test
    void whoOnlyLooksStartsNoProbe() {
        tell("fail fail");
        assertThat(breakers.obstacle(SERVER)).as("two are not enough").isEmpty();
        tell("fail");
        assertThat(breakers.obstacle(SERVER).map(Denied::retryAfter)).contains(TEN);
        assertThat(breakers.obstacle(Destinations.to("192.0.2.2"))).isEmpty();

        clock.advance(TEN);
        assertThat(breakers.obstacle(SERVER)).as("it may be probed").isEmpty();
        assertThat(probes).hasValue(0);
        assertThat(breakers.ask(SERVER)).isInstanceOf(Denied.class);
        assertThat(probes).hasValue(1);
        assertThat(breakers.obstacle(SERVER)).as("the probe failed").isPresent();
    }

    @Test
    void eachProbeThatFailsKeepsItOpenForTwiceAsLong() {
        tell("fail fail fail");

        for (int seconds : List.of(10, 20, 40, 60, 60)) {
            clock.advance(Duration.ofSeconds(seconds - 1));
            int before = probes.get();
            assertThat(breakers.ask(SERVER)).isInstanceOf(Denied.class);
            assertThat(probes).as("a second too early").hasValue(before);
            clock.advance(Duration.ofSeconds(1));
            assertThat(breakers.ask(SERVER)).isInstanceOf(Denied.class);
            assertThat(probes).as("after %d s", seconds).hasValue(before + 1);
        }
        assertThat(changes).as("one line for one change").containsExactly("open");
    }

    @Test
    void aServerThatIsBackTakesTheMailThatAsked() {
        tell("fail fail fail");
        clock.advance(TEN);
        answers = true;

        tell("accept");

        assertThat(changes).containsExactly("open", "closed");
        tell("fail fail");
        assertThat(breakers.ask(SERVER)).as("it counts from the beginning").isInstanceOf(Permit.class);
    }

    @Test
    void aServerThatOpensSessionsAndThenFailsIsPassedByAgainAtOnceAndForLonger() {
        tell("fail fail fail");
        clock.advance(TEN);
        answers = true;

        tell("fail");

        clock.advance(Duration.ofSeconds(19));
        assertThat(breakers.ask(SERVER)).isInstanceOf(Denied.class);
        assertThat(changes).containsExactly("open", "closed", "open");
    }

    @Test
    void noMailWaitsForASilentServerAndOnlyOneSessionIsTried() {
        CountDownLatch silence = new CountDownLatch(1);
        Breakers silent = breakers(1, (server, deadline) -> await(silence));
        ((Permit) silent.ask(SERVER)).ended(new Reception.Unreachable(false));
        clock.advance(TEN);

        assertThat(silent.ask(SERVER)).as("after a second").isInstanceOf(Denied.class);
        assertThat(silent.ask(SERVER)).as("at once").isInstanceOf(Denied.class);
        assertThat(probes).hasValue(1);

        silence.countDown();
        Awaitility.await().until(() -> silent.ask(SERVER) instanceof Permit);
        assertThat(changes).containsExactly("open", "closed");
    }

    @Test
    void aMailThatBeganBeforeItOpenedDoesNotKeepItOpenForLonger() {
        Permit early = (Permit) breakers.ask(SERVER);
        tell("fail fail fail");
        early.ended(new Reception.Unreachable(false));
        clock.advance(TEN);
        answers = true;

        assertThat(breakers.ask(SERVER)).isInstanceOf(Permit.class);
    }

    @Test
    void aMailThatBeganBeforeItOpenedAndIsAcceptedClosesIt() {
        Permit early = (Permit) breakers.ask(SERVER);
        tell("fail fail fail");
        early.ended(new Reception.Accepted());

        assertThat(breakers.ask(SERVER)).isInstanceOf(Permit.class);
        assertThat(changes).containsExactly("open", "closed");
    }

    @Test
    void withZeroFailuresItNeverOpens() {
        Breakers off = breakers(0, (server, deadline) -> false);
        for (int i = 0; i < 100; i++) {
            ((Permit) off.ask(SERVER)).ended(new Reception.Unreachable(false));
        }

        assertThat(off.ask(SERVER)).isInstanceOf(Permit.class);
    }

    @Test
    void timesThatDoNotRiseAreRefused() {
        assertThatThrownBy(() -> new BreakerSettings(5, Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2M up to PT1M");
    }

    private Breakers breakers(int failures, Breakers.Probe probe) {
        return new Breakers(
                new BreakerSettings(failures, TEN, Duration.ofSeconds(60)),
                (server, deadline) -> {
                    probes.incrementAndGet();
                    return probe.answers(server, deadline);
                },
                (where, open) -> changes.add(open ? "open" : "closed"),
                clock);
    }

    private void tell(String story) {
        for (String event : story.split(" ")) {
            ((Permit) breakers.ask(SERVER)).ended(Destinations.reception(event));
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
