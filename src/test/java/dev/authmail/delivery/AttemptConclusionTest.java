package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptConclusionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final String HOP = "relay";

    private final AttemptConclusion conclusion =
            new AttemptConclusion(RetrySchedule.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

    /** A first attempt by the hop {@code relay}; the tiers are 30s, 2m, 10m and 30m. */
    @ParameterizedTest(name = "{0} {1}, deadline in {2}: {3} ({4})")
    @CsvSource(nullValues = "-", textBlock = """
            DONE,        -,     1h,  accepted,                        a server has it
            DONE,        relay, 1h,  accepted,                        the pinned hop has it
            DONE,        -,     0s,  accepted,                        the deadline ends attempts and not mails
            GIVE_UP,     -,     1h,  rejected address-refused,        no other hop and no other time
            GIVE_UP,     relay, 1h,  rejected address-refused,        the same at the pinned hop
            GIVE_UP,     -,     0s,  rejected address-refused,        the refusal says more than the deadline
            NEXT,        -,     1h,  later 30s,                       no hop is left
            NEXT,        relay, 1h,  later 30s,                       the pinned hop cannot be reached: the pin is lifted
            NEXT,        -,     30s, expired our-fault,               the tier would end at the deadline
            NEXT,        -,     31s, later 30s,                       the tier ends before it
            NEXT,        relay, 30s, unconfirmed delayed,             nobody knows of the first mail yet
            LATER,       -,     1h,  later 30s,                       no other hop now
            LATER,       relay, 1h,  later 30s,                       the pinned hop answered
            LATER,       -,     30s, expired our-fault,               too late
            LATER,       relay, 30s, unconfirmed delayed,             too late and nobody knows
            UNCONFIRMED, -,     1h,  later 10m pinned to relay,       the same hop alone and not at once
            UNCONFIRMED, relay, 1h,  later 10m,                       twice: a second mail is better than none
            UNCONFIRMED, -,     10m, unconfirmed delayed,             too late
            UNCONFIRMED, relay, 10m, unconfirmed delayed,             too late
            """)
    void whatFollowsFromAnAttempt(Step step, @Nullable String pinned, String deadline, String expected, String reason) {
        Duration left = Duration.parse("PT" + deadline);

        Conclusion what = conclusion.of(attempt(pinned, left, decision(step, UserState.ADDRESS_REFUSED)));

        assertThat(words(what)).as(reason).isEqualTo(expected);
    }

    @Test
    void aMailboxThatIsFullAtTheDeadlineIsWhatTheUserIsShown() {
        Conclusion what = conclusion.of(attempt(null, Duration.ZERO, decision(Step.LATER, UserState.MAILBOX_FULL)));

        assertThat(words(what)).isEqualTo("expired mailbox-full");
    }

    @Test
    void aGivenUpMailWithoutAReasonWasRejected() {
        Decision decision = new Decision(
                Step.GIVE_UP, null, Fault.POLICY, "r", null, UserState.OUR_FAULT, Duration.ZERO, false, "words");

        assertThat(conclusion.of(attempt(null, Duration.ofHours(1), decision)))
                .isEqualTo(new Conclusion.GivenUp(Reason.REJECTED, Fault.POLICY, UserState.OUR_FAULT, "words"));
    }

    @Test
    void theLastHopThatWasTriedDecidesAndNotOneThatWasSkipped() {
        Attempt attempt = attempt(null, Duration.ofHours(1), decision(Step.GIVE_UP, UserState.OUR_FAULT))
                .with(new Answer(
                        "direct", Route.DIRECT, new HopResult.Skipped("off"), decision(Step.NEXT, UserState.DELAYED)));

        assertThat(words(conclusion.of(attempt))).isEqualTo("rejected our-fault");
    }

    @Test
    void hopsThatWereAllSkippedAreTriedLater() {
        Attempt none = new Attempt(1, NOW, NOW, NOW.plusSeconds(3600), null, List.of());
        Attempt attempt = none.with(
                new Answer(HOP, Route.RELAY, new HopResult.Skipped("off"), decision(Step.NEXT, UserState.DELAYED)));

        assertThat(words(conclusion.of(attempt))).isEqualTo("later 30s");
    }

    @ParameterizedTest(name = "relay {0}, direct {1}: {2} ({3})")
    @CsvSource(textBlock = """
            PT5S, PT1H,  later 30s,  the relay can be tried soonest
            PT1H, PT50S, later 2m,   the MX hosts can
            PT0S, PT5M,  later 10m,  waiting changes nothing for a hop that is off
            """)
    void ofHopsThatWereAllPassedByTheOneThatOpensSoonestDecides(
            Duration relay, Duration direct, String expected, String reason) {
        Attempt attempt = new Attempt(1, NOW, NOW, NOW.plusSeconds(7200), null, List.of())
                .with(passedBy(HOP, Route.RELAY, relay))
                .with(passedBy("direct", Route.DIRECT, direct));

        assertThat(words(conclusion.of(attempt))).as(reason).isEqualTo(expected);
    }

    @Test
    void aPinToAHopThatIsPassedByIsLifted() {
        Attempt pinned = new Attempt(2, NOW, NOW, NOW.plusSeconds(7200), HOP, List.of())
                .with(passedBy(HOP, Route.RELAY, Duration.ofSeconds(5)));

        assertThat(words(conclusion.of(pinned))).isEqualTo("later 2m");
    }

    private static Answer passedBy(String hop, Route route, Duration retryAfter) {
        HopResult skipped = new HopResult.Skipped("it keeps failing", Fault.NETWORK, retryAfter);
        return new Answer(hop, route, skipped, decision(Step.NEXT, UserState.DELAYED));
    }

    @Test
    void anAttemptThatAskedNobodyIsABugOfTheRoute() {
        Attempt none = new Attempt(1, NOW, NOW, NOW.plusSeconds(3600), null, List.of());

        assertThatThrownBy(() -> conclusion.of(none)).hasMessageContaining("asked no hop");
    }

    @Test
    void theDelayEndsWhereTheTierSays() {
        Conclusion what = conclusion.of(attempt(null, Duration.ofHours(1), decision(Step.LATER, UserState.DELAYED)));

        assertThat(((Conclusion.Later) what).notBefore()).isEqualTo(NOW.plusSeconds(30));
    }

    private static Attempt attempt(@Nullable String pinned, Duration left, Decision decision) {
        HopResult lost = new HopResult.NoServer(HopResult.Why.DNS_FAILURE, "no answer");
        return new Attempt(1, NOW, NOW, NOW.plus(left), pinned, List.of(new Answer(HOP, Route.RELAY, lost, decision)));
    }

    private static Decision decision(Step step, UserState state) {
        Reason reason = step == Step.GIVE_UP ? Reason.REJECTED : null;
        return new Decision(step, reason, Fault.NETWORK, "r", null, state, Duration.ZERO, false, "words");
    }

    private static String words(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Accepted accepted -> "accepted";
            case Conclusion.Ignored ignored -> "ignored";
            case Conclusion.Later later ->
                "later " + later.tier().name() + (later.pinnedHop() == null ? "" : " pinned to " + later.pinnedHop());
            case Conclusion.GivenUp end -> end.reason().code() + " " + state(end.userState());
        };
    }

    private static String state(@Nullable UserState state) {
        return state == null ? "-" : state.code();
    }
}
