package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "attempt {0}, {1}, wait {2}, {3} left: {5}")
    @CsvSource(textBlock = """
            1, LATER,       PT0S,  PT2H,    30s,  the first tier
            2, LATER,       PT0S,  PT2H,    2m,   the second
            4, LATER,       PT0S,  PT2H,    30m,  the last
            9, LATER,       PT0S,  PT2H,    30m,  the last repeats
            0, LATER,       PT0S,  PT2H,    30s,  a forged attempt count
            1, NEXT,        PT0S,  PT2H,    30s,  no hop left
            1, UNCONFIRMED, PT0S,  PT2H,    10m,  it was probably delivered
            4, UNCONFIRMED, PT0S,  PT2H,    30m,  never sooner than by the count
            1, LATER,       PT5M,  PT2H,    10m,  the rule names a wait
            3, LATER,       PT5M,  PT2H,    10m,  which does not shorten
            1, LATER,       PT9H,  PT20H,   30m,  nor goes beyond the last tier
            1, LATER,       PT0S,  PT31S,   30s,  just before the deadline
            1, LATER,       PT0S,  PT30S,   none, at the deadline
            4, LATER,       PT0S,  PT29M,   none, after the deadline
            1, LATER,       PT0S,  PT-1S,   none, the deadline has passed
            """)
    void theTierAfterAnAttempt(int attempt, Step step, Duration wait, Duration left, String tier, String reason) {
        Decision decision =
                new Decision(step, null, Fault.NETWORK, "r", Scope.HOST, UserState.DELAYED, wait, false, "");

        assertThat(RetrySchedule.defaults()
                        .next(attempt, decision, NOW, NOW.plus(left))
                        .map(RetrySchedule.Tier::name)
                        .orElse("none"))
                .as(reason)
                .isEqualTo(tier);
    }

    @ParameterizedTest(name = "attempt {0}, wait {1}, {2} left: {4}")
    @CsvSource(textBlock = """
            1, PT3S,  PT2H,  30s,  the shortest that is long enough
            1, PT40S, PT2H,  2m,   the next
            2, PT3S,  PT2H,  2m,   so that many mails do not spin
            9, PT3S,  PT2H,  2m,   no server was asked: not as long as after nine attempts
            1, PT25M, PT2H,  30m,  it is known to take longer
            1, PT24H, PT20H, 30m,  an operator may open it sooner
            1, PT25M, PT20M, none, it takes longer than the mail has
            """)
    void theTierOfAMailWhoseHopsWereAllPassedBy(int attempt, Duration wait, Duration left, String tier, String reason) {
        assertThat(RetrySchedule.defaults()
                        .nextUnasked(attempt, wait, NOW, NOW.plus(left))
                        .map(RetrySchedule.Tier::name)
                        .orElse("none"))
                .as(reason)
                .isEqualTo(tier);
    }

    @ParameterizedTest(name = "tiers {0}, round {1}: {2}, {3}")
    @CsvSource(textBlock = """
            PT30S PT2M PT10M PT30M, 1,     30s, the first
            PT30S PT2M PT10M PT30M, 2,     2m,  a longer one, so that many held mails do not spin
            PT30S PT2M PT10M PT30M, 3,     2m,  none above two minutes: they flow soon after the hold
            PT30S PT2M PT10M PT30M, 99999, 2m,  however long it is held
            PT1S PT2S,              9,     2s,  the last there is
            PT5M PT30M,             9,     5m,  the shortest there is
            """)
    void theTierWhileHeld(String delays, int round, String tier, String reason) {
        List<Duration> tiers =
                Arrays.stream(delays.split(" ")).map(Duration::parse).toList();

        assertThat(new RetrySchedule(tiers).whileHeld(round).name()).as(reason).isEqualTo(tier);
    }

    @Test
    void tiersAreNamedByTheirWait() {
        RetrySchedule schedule = new RetrySchedule(
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(90), Duration.ofMinutes(5), Duration.ofHours(2)));

        assertThat(schedule.tiers()).extracting(RetrySchedule.Tier::name).containsExactly("1s", "90s", "5m", "2h");
        assertThat(RetrySchedule.defaults().tiers())
                .extracting(RetrySchedule.Tier::name)
                .containsExactly("30s", "2m", "10m", "30m");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            '',          no tier
            PT0S,        no wait
            PT0.5S,      less than a second
            PT2M PT30S,  falling
            PT2M PT2M,   one tier twice
            """)
    void tiersThatCannotWorkAreRefused(String delays, String reason) {
        List<Duration> tiers = delays.isEmpty()
                ? List.of()
                : Arrays.stream(delays.split(" ")).map(Duration::parse).toList();

        assertThatIllegalArgumentException()
                .as(reason)
                .isThrownBy(() -> new RetrySchedule(tiers))
                .withMessageContaining("etry tier");
    }
}
