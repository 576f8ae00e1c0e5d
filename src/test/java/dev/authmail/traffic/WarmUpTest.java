package dev.authmail.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.traffic.Admission.Denied;
import dev.authmail.traffic.Admission.Permit;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock begins at noon of 25 November 2026. */
class WarmUpTest {
    private static final Destination SERVER = Destinations.to("192.0.2.1");
    private static final Destination OTHER_SERVER = Destinations.to("192.0.2.2");
    private static final Destination OTHER_PROVIDER = Destinations.of("other.test", "192.0.2.3");
    private static final WarmUpSchedule SCHEDULE = new WarmUpSchedule(LocalDate.parse("2026-11-25"), List.of(3, 5, 8));

    private final TestClock clock = new TestClock();
    /** The topic, compacted; what is read is given to the replicas at once. */
    private final Map<String, byte @Nullable []> topic = new LinkedHashMap<>();

    private final List<WarmUp> replicas = new ArrayList<>();
    private final WarmUp one = replica("one");

    @ParameterizedTest(name = "{0} days later: {1}")
    @CsvSource({"0, 3", "1, 5", "2, 8"})
    void eachDayHasItsCeiling(int days, int ceiling) {
        clock.advance(Duration.ofDays(days));

        assertThat(send(one, 20)).isEqualTo(ceiling);
    }

    @Test
    void afterTheLastDayThereIsNoCeiling() {
        clock.advance(Duration.ofDays(3));

        assertThat(send(one, 20)).isEqualTo(20);
        assertThat(topic).isEmpty();
    }

    @Test
    void whatIsOverWaitsForTomorrowOrGoesAnotherWay() {
        send(one, 20);

        Denied denied = (Denied) one.ask(OTHER_SERVER);

        assertThat(denied.cause()).isEqualTo(Admission.Cause.LIMITED);
        assertThat(denied.why()).isEqualTo("example.test gets no more than 3 mails today, while the address is new");
        assertThat(denied.retryAfter()).as("from noon to midnight, UTC").hasHours(12);
        assertThat(one.ask(OTHER_PROVIDER)).isInstanceOf(Permit.class);
    }

    @Test
    void mailsUnderWayCountAndThoseThatWereNotTakenDoNot() {
        List<Permit> underWay =
                Stream.generate(() -> (Permit) one.ask(SERVER)).limit(3).toList();
        assertThat(one.ask(SERVER)).isInstanceOf(Denied.class);

        underWay.get(0).ended(new Reception.Accepted());
        underWay.get(1).ended(new Reception.Answered());
        underWay.get(2).ended(new Reception.Unreachable(false));

        assertThat(send(one, 20)).isEqualTo(2);
    }

    @Test
    void replicasCountTogether() {
        WarmUp two = replica("two");

        assertThat(send(one, 2)).isEqualTo(2);
        assertThat(send(two, 20)).isEqualTo(1);
        assertThat(send(one, 20)).isZero();
    }

    @Test
    void aRestartBeginsWhereItWas() {
        send(one, 2);
        WarmUp again = replica("one-again");

        assertThat(send(again, 20)).isEqualTo(1);
    }

    @Test
    void aNewDayBeginsAtZeroAndRemovesTheCountsOfTheOld() {
        WarmUp two = replica("two");
        send(one, 1);
        send(two, 1);
        assertThat(topic).hasSize(2);

        clock.advance(Duration.ofHours(12));

        assertThat(send(one, 20)).isEqualTo(5);
        assertThat(topic.keySet()).containsExactly("warm-up/direct/example.test/2026-11-26/one");
        WarmUp later = replica("later");
        assertThat(send(later, 20)).isZero();
    }

    @Test
    void aReplicaThatStartsRemovesWhatIsLeftOfOldDays() {
        topic.put("warm-up/direct/example.test/2026-11-20/gone", "{\"count\":7}".getBytes(UTF_8));

        assertThat(send(replica("new"), 20)).isEqualTo(3);
        assertThat(topic.keySet()).containsExactly("warm-up/direct/example.test/2026-11-25/new");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            closure/direct/example.test                     | {"count":3}
            warm-up/direct/example.test/2026-11-25          | {"count":3}
            warm-up/direct/example.test/2026-13-25/x        | {"count":3}
            warm-up/direct/example.test/2026-11-26/x        | {"count":3}
            warm-up/direct/example.test/2026-11-25/x        | {"count":-3}
            warm-up/direct/example.test/2026-11-25/x        | nonsense
            warm-up/relay/example.test/2026-11-25/x         | {"count":3}
            """)
    void otherRecordsChangeNothing(String key, String value) {
        one.learn(key, value.getBytes(UTF_8));

        assertThat(send(one, 20)).isEqualTo(3);
    }

    @Test
    void aScheduleHasCeilings() {
        assertThatThrownBy(() -> new WarmUpSchedule(LocalDate.parse("2026-11-25"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WarmUpSchedule(LocalDate.parse("2026-11-25"), List.of(50, 0)))
                .hasMessage("the schedule is [50, 0]; name one ceiling at least, and each must be 1 or more");
    }

    private WarmUp replica(String name) {
        WarmUp replica = new WarmUp(SCHEDULE, name, (key, value, failed) -> written(key, value), clock);
        replicas.add(replica);
        Map.copyOf(topic).forEach(replica::learn);
        return replica;
    }

    private void written(String key, byte @Nullable [] value) {
        if (value == null) {
            topic.remove(key);
        } else {
            topic.put(key, value);
        }
        replicas.forEach(replica -> replica.learn(key, value));
    }

    /** How many of so many mails may go; all that may are accepted. */
    private static int send(WarmUp replica, int mails) {
        int sent = 0;
        for (int i = 0; i < mails; i++) {
            if (replica.ask(SERVER) instanceof Permit permit) {
                permit.ended(new Reception.Accepted());
                sent++;
            }
        }
        return sent;
    }
}
