package dev.authmail.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.traffic.Admission.Denied;
import dev.authmail.traffic.Admission.Permit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two replicas share a topic; what they write arrives when the test says so. */
class ClosuresTest {
    private static final Destination SERVER = Destinations.to("192.0.2.1");
    private static final Destination OTHER_SERVER = Destinations.to("192.0.2.2");
    private static final Destination OTHER_PROVIDER = Destinations.of("other.test", "192.0.2.3");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DELAY = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final Deque<Written> topic = new ArrayDeque<>();
    private final Replica one = new Replica("one", Duration.ZERO);
    private final Replica two = new Replica("two", DELAY);

    private record Written(String key, byte @Nullable [] value, Runnable failed) {}

    private final class Replica implements Closures.Listener {
        private final List<String> heard = new ArrayList<>();
        private final Closures closures;

        Replica(String name, Duration delay) {
            closures = new Closures(
                    name,
                    new ClosureSettings(HOUR, Duration.ofHours(24), delay),
                    (key, value, failed) -> topic.add(new Written(key, value, failed)),
                    this,
                    clock);
        }

        @Override
        public void closed(Closure closure) {
            heard.add("closed " + closure.times());
        }

        @Override
        public void opened(Closure closure) {
            heard.add("opened");
        }

        /** Asks for one mail after the other; {@code -} for one that may not go. */
        String send(String receptions) {
            StringBuilder told = new StringBuilder();
            for (String word : receptions.split(" ")) {
                Admission admission = closures.ask(SERVER);
                if (admission instanceof Permit permit) {
                    permit.ended(Destinations.reception(word));
                }
                told.append(admission instanceof Permit ? word : "-").append(' ');
            }
            return told.toString().strip();
        }

        boolean mayGo() {
            return closures.ask(SERVER) instanceof Permit permit && ended(permit);
        }

        private boolean ended(Permit permit) {
            permit.ended(new Reception.NotAsked());
            return true;
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            refuse-us  | 3600 | a 5yz about us closes for an hour
            slow-down  | 600  | a 4yz about our rate stops for as long as the rule says
            not-now    | 0    | a 4yz about us whose rule names no wait is for this attempt alone
            answer     | 0    | a recipient's 5yz closes nothing
            fail       | 0    | that is the breaker's
            accept     | 0    | all is well
            """)
    void whatClosesAndForHowLong(String reception, int seconds, String reason) {
        one.send(reception);

        if (seconds == 0) {
            assertThat(one.mayGo()).as(reason).isTrue();
            assertThat(topic).isEmpty();
            return;
        }
        Denied denied = (Denied) one.closures.ask(OTHER_SERVER);
        assertThat(denied.cause()).isEqualTo(Admission.Cause.CLOSED);
        assertThat(denied.retryAfter()).as(reason).hasSeconds(seconds);
        assertThat(one.closures.ask(OTHER_PROVIDER)).isInstanceOf(Permit.class);
        clock.advance(Duration.ofSeconds(seconds - 1));
        assertThat(one.mayGo()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(one.mayGo()).isTrue();
    }

    @Test
    void whoOnlyLooksTakesNoTurn() {
        assertThat(one.closures.obstacle(SERVER)).isEmpty();
        one.send("refuse-us");
        assertThat(one.closures.obstacle(OTHER_SERVER)).contains((Denied) one.closures.ask(OTHER_SERVER));
        assertThat(one.closures.obstacle(OTHER_PROVIDER)).isEmpty();

        clock.advance(HOUR);
        assertThat(one.closures.obstacle(SERVER)).as("it may be probed").isEmpty();
        assertThat(one.send("answer")).as("and nobody has the turn").isEqualTo("answer");
        assertThat(one.closures.obstacle(SERVER)).as("the turn is here still").isEmpty();
    }

    @Test
    void eachProbeThatIsRefusedClosesForTwiceAsLongUpToADay() {
        one.send("refuse-us");

        for (int hours : List.of(1, 2, 4, 8, 16, 24, 24)) {
            clock.advance(Duration.ofHours(hours).minusSeconds(1));
            assertThat(one.send("refuse-us")).as("a second before %d h", hours).isEqualTo("-");
            clock.advance(Duration.ofSeconds(1));
            assertThat(one.send("refuse-us accept")).as("after %d h", hours).isEqualTo("refuse-us -");
        }
    }

    @Test
    void aProbeThatIsAcceptedOpensAndForgetsHowOftenItWasClosed() {
        one.send("refuse-us");
        clock.advance(HOUR);
        one.send("refuse-us");
        clock.advance(HOUR.multipliedBy(2));

        assertThat(one.send("accept refuse-us")).isEqualTo("accept refuse-us");

        clock.advance(HOUR);
        assertThat(one.mayGo()).as("an hour again").isTrue();
        assertThat(one.heard).containsExactly("closed 1", "closed 2", "opened", "closed 1");
    }

    @Test
    void gmailWantsTenMinutesThenOneConnectionAndAgainTenMinutes() {
        one.send("slow-down");

        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(one.send("slow-down accept")).isEqualTo("slow-down -");
        }
        clock.advance(Duration.ofMinutes(10));
        assertThat(one.send("accept accept")).isEqualTo("accept accept");
    }

    @Test
    void aRateComplaintDuringAProbeDoesNotForgetTheRefusals() {
        one.send("refuse-us");
        clock.advance(HOUR);
        one.send("slow-down");
        clock.advance(Duration.ofMinutes(10));
        one.send("refuse-us");

        clock.advance(HOUR.multipliedBy(2).minusSeconds(1));
        assertThat(one.mayGo()).isFalse();
    }

    @Test
    void ofMailsThatWereOnTheirWayTogetherOnlyTheFirstCloses() {
        List<Permit> together = List.of((Permit) one.closures.ask(SERVER), (Permit) one.closures.ask(SERVER), (Permit)
                one.closures.ask(OTHER_SERVER));

        together.forEach(p -> p.ended(Destinations.reception("refuse-us")));

        assertThat(one.heard).containsExactly("closed 1");
        assertThat(topic).hasSize(1);
    }

    @Test
    void aMailThatLeftBeforeTheClosureDoesNotOpenIt() {
        Permit early = (Permit) one.closures.ask(SERVER);
        one.send("refuse-us");
        early.ended(new Reception.Accepted());

        assertThat(one.mayGo()).isFalse();
    }

    @Test
    void oneMailProbesAndTheOthersWait() {
        one.send("refuse-us");
        clock.advance(HOUR);

        Permit probe = (Permit) one.closures.ask(SERVER);
        assertThat(one.mayGo()).isFalse();
        probe.ended(new Reception.Accepted());

        assertThat(one.mayGo()).isTrue();
    }

    @Test
    void aProbeThatProvesNothingLeavesTheTurnToTheNextServerOrMail() {
        one.send("refuse-us");
        clock.advance(HOUR);

        assertThat(one.send("fail answer not-asked accept accept")).isEqualTo("fail answer not-asked accept accept");
        assertThat(topic).as("the turn is taken once").hasSize(3);
    }

    @Test
    void aProbeThatIsPutOffWaitsALittleBeforeTheNext() {
        one.send("refuse-us");
        clock.advance(HOUR);

        assertThat(one.send("not-now accept")).isEqualTo("not-now -");
        clock.advance(Duration.ofSeconds(10));
        assertThat(one.send("accept")).isEqualTo("accept");
    }

    @Test
    void aProbeWhoseReplicaIsGoneIsFollowedByAnotherAfterTwoMinutes() {
        one.send("refuse-us");
        replicate();
        clock.advance(HOUR);
        one.closures.ask(SERVER);
        replicate();

        clock.advance(Duration.ofMinutes(2));
        assertThat(two.mayGo()).isFalse();
        clock.advance(DELAY);
        assertThat(two.mayGo()).isTrue();
    }

    @Test
    void replicasCloseOpenAndProbeTogether() {
        one.send("refuse-us");
        assertThat(two.mayGo()).as("not yet told").isTrue();
        replicate();
        assertThat(two.mayGo()).isFalse();

        clock.advance(HOUR.plus(DELAY));
        Permit probe = (Permit) one.closures.ask(SERVER);
        replicate();
        assertThat(two.mayGo()).as("the turn is taken").isFalse();

        probe.ended(Destinations.reception("refuse-us"));
        replicate();
        clock.advance(HOUR);
        assertThat(two.mayGo()).as("two hours now").isFalse();
        clock.advance(HOUR.plus(DELAY));
        assertThat(two.send("accept")).isEqualTo("accept");
        replicate();
        assertThat(one.mayGo()).isTrue();
        assertThat(one.heard).containsExactly("closed 1", "closed 2", "opened");
        assertThat(two.heard).containsExactly("closed 1", "closed 2", "opened");
    }

    @Test
    void twoReplicasThatAreRefusedAtTheSameTimeCountOnce() {
        one.send("refuse-us");
        two.send("refuse-us");
        replicate();
        clock.advance(HOUR.plus(DELAY));

        assertThat(one.mayGo()).isTrue();
        assertThat(one.closures.inForce()).extracting(Closure::times).containsExactly(1);
        assertThat(two.closures.inForce()).extracting(Closure::times).containsExactly(1);
    }

    @Test
    void whatComesBackFromTheTopicIsOlderThanWhatIsKnown() {
        one.send("refuse-us");
        clock.advance(HOUR);
        one.send("accept");

        replicate();

        assertThat(one.mayGo()).isTrue();
        assertThat(one.heard).containsExactly("closed 1", "opened");
    }

    @Test
    void whatTheTopicSaysLastHoldsEverywhereEvenAfterAFailedWrite() {
        one.send("refuse-us");
        topic.remove().failed().run();
        two.send("slow-down");
        replicate();
        clock.advance(Duration.ofMinutes(10).plus(DELAY));

        assertThat(one.mayGo()).isTrue();
    }

    @Test
    void anOperatorOpensItByATombstoneAndACheckByOpening() {
        one.send("refuse-us");
        replicate();
        one.closures.learn(Closure.key(Destinations.PROVIDER), null);
        assertThat(one.mayGo()).isTrue();
        assertThat(one.heard).containsExactly("closed 1", "opened");

        assertThat(two.closures.open(Destinations.PROVIDER)).isTrue();
        assertThat(two.mayGo()).isTrue();
        assertThat(two.closures.open("other.test")).as("it was not closed").isFalse();
    }

    @Test
    void aReplicaThatStartsLaterLearnsItFromTheTopic() {
        one.send("refuse-us");
        Written written = topic.getLast();
        Replica later = new Replica("later", Duration.ZERO);

        later.closures.learn(written.key(), written.value());

        assertThat(later.mayGo()).isFalse();
        assertThat(later.closures.inForce()).singleElement().satisfies(closure -> {
            assertThat(closure.provider()).isEqualTo("example.test");
            assertThat(closure.cause()).isEqualTo("our-spf");
            assertThat(closure.reply()).isEqualTo("550 5.7.23 SPF fails");
            assertThat(closure.times()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hold/everything/2026-11-25T12:00:00Z | {"scope": "everything"}
            closure/direct/example.test          | not JSON
            closure/direct/example.test          | []
            closure/direct/example.test          | {"provider": "other.test", "state": "closed", "since": "2026-11-25T12:00:00Z", "until": "2026-11-26T12:00:00Z"}
            closure/direct/example.test          | {"provider": "example.test", "state": "ajar", "since": "2026-11-25T12:00:00Z", "until": "2026-11-26T12:00:00Z"}
            """)
    void otherRecordsChangeNothing(String key, String value) {
        one.closures.learn(key, value.getBytes(UTF_8));

        assertThat(one.mayGo()).isTrue();
    }

    /** All that is written is read by both, in order. */
    private void replicate() {
        while (!topic.isEmpty()) {
            Written written = topic.remove();
            one.closures.learn(written.key(), written.value());
            two.closures.learn(written.key(), written.value());
        }
    }
}
