package dev.authmail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.event.EventId;
import dev.authmail.ledger.LedgerEntry.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final EventId A = new EventId("a");
    private static final EventId B = new EventId("b");
    private final Ledger ledger = ledger(1000);

    @Test
    void anEventStandsWhereItsNewestEntrySays() {
        ledger.learn(A, entry(State.WAITING, 1, NOW.minusSeconds(60), "u", NOW));
        ledger.learn(A, entry(State.ACCEPTED, 2, NOW.minusSeconds(30), "u", NOW));

        assertThat(ledger.standing(A)).hasValueSatisfying(s -> {
            assertThat(s.state()).isEqualTo(State.ACCEPTED);
            assertThat(s.attempt()).isEqualTo(2);
        });
        assertThat(ledger.standing(B)).isEmpty();
    }

    @Test
    void aLaterAttemptIsNewerWhateverTheClockOfItsReplicaSays() {
        ledger.learn(A, entry(State.WAITING, 1, NOW.minusSeconds(30), "u", NOW));
        ledger.learn(A, entry(State.ACCEPTED, 2, NOW.minusSeconds(60), "u", NOW));

        assertThat(ledger.standing(A).orElseThrow().state()).isEqualTo(State.ACCEPTED);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(textBlock = """
            2, 0,   1, 5,  the entry of an earlier attempt that comes late
            2, 60,  2, 0,  an older entry of the same attempt
            """)
    void whatIsOlderChangesNothing(int known, int knownAt, int late, int lateAt, String reason) {
        ledger.learn(A, entry(State.ACCEPTED, known, NOW.minusSeconds(100 - knownAt), "u", NOW));
        ledger.learn(A, entry(State.WAITING, late, NOW.minusSeconds(100 - lateAt), "u", NOW));

        assertThat(ledger.standing(A).orElseThrow().state()).as(reason).isEqualTo(State.ACCEPTED);
    }

    @ParameterizedTest(name = "a at {0}, b at {1} and {2}: {4}")
    @CsvSource(textBlock = """
            0,  10, WAITING,  true,  a later event waits
            0,  10, ACCEPTED, true,  a later event was mailed
            0,  10, DEAD,     false, a later event that died takes no place
            10, 0,  ACCEPTED, false, an earlier event takes no place
            5,  5,  WAITING,  true,  at the same moment the greater id is later
            """)
    void aLaterEventOfTheSameUserAndPurposeTakesThePlace(int a, int b, State stateOfB, boolean gone, String reason) {
        Instant timeOfA = NOW.minusSeconds(60 - a);
        ledger.learn(A, entry(State.WAITING, 1, NOW.minusSeconds(2), "u", timeOfA));
        ledger.learn(B, entry(stateOfB, 1, NOW.minusSeconds(1), "u", NOW.minusSeconds(60 - b)));

        assertThat(ledger.isSuperseded("u", A, timeOfA)).as(reason).isEqualTo(gone);
    }

    @Test
    void neverDoBothMailsDie() {
        ledger.learn(A, entry(State.WAITING, 1, NOW, "u", NOW.minusSeconds(2)));
        ledger.learn(B, entry(State.WAITING, 1, NOW, "u", NOW.minusSeconds(1)));
        assertThat(ledger.isSuperseded("u", A, NOW.minusSeconds(2))).isTrue();

        ledger.learn(B, entry(State.DEAD, 2, NOW, "u", NOW.minusSeconds(1)));

        assertThat(ledger.isSuperseded("u", A, NOW.minusSeconds(2))).isFalse();
    }

    /** As when the clock of who read it anew was put back. */
    @Test
    void anEventDoesNotTakeItsOwnPlace() {
        ledger.learn(A, entry(State.WAITING, 2, NOW, "u", NOW));

        assertThat(ledger.isSuperseded("u", A, NOW.minusSeconds(3600))).isFalse();
    }

    @Test
    void anotherPurposeIsAnotherMatter() {
        ledger.learn(B, entry(State.ACCEPTED, 1, NOW, "u/other", NOW));

        assertThat(ledger.isSuperseded("u", A, NOW.minusSeconds(9))).isFalse();
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        ledger.learn(A, entry(State.ACCEPTED, 1, NOW.minus(Duration.ofHours(25)), "u", NOW));
        ledger.learn(B, entry(State.ACCEPTED, 1, NOW, "v", NOW));

        assertThat(ledger.standing(A)).isEmpty();
        assertThat(ledger.isSuperseded("u", B, NOW.minusSeconds(5))).isFalse();
        assertThat(ledger.forgottenEarly()).isZero();
    }

    @Test
    void theLimitForgetsTheOldestAndIsCounted() {
        Ledger small = ledger(10);
        for (int i = 0; i < 25; i++) {
            small.learn(new EventId("e" + i), entry(State.ACCEPTED, 1, NOW, "u" + i, NOW));
        }

        assertThat(small.size()).isEqualTo(10);
        assertThat(small.forgottenEarly()).isEqualTo(15);
        assertThat(small.standing(new EventId("e24"))).isPresent();
        assertThat(small.standing(new EventId("e14"))).isEmpty();
    }

    @Test
    void aTombstoneForgets() {
        ledger.learn(A, entry(State.ACCEPTED, 1, NOW, "u", NOW));
        ledger.forget(A);

        assertThat(ledger.standing(A)).isEmpty();
        assertThat(ledger.isSuperseded("u", B, NOW.minusSeconds(5))).isFalse();
    }

    @Test
    void aRecordReadsAsItWasWritten() {
        LedgerEntry entry = entry(State.WAITING, 3, NOW, "u", NOW.minusSeconds(7));
        LedgerEntry unread = entry(State.DEAD, 0, NOW, null, null);

        assertThat(LedgerEntry.fromJson(entry.toJson())).contains(entry);
        assertThat(LedgerEntry.fromJson(unread.toJson())).contains(unread);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                    | no JSON
            {}                                   | no fields
            {"state":"sent","at":"2026-11-24T06:00:00Z"} | a state that is none
            {"state":"dead","at":"yesterday"}    | no moment
            [1]                                  | no object
            """)
    void aRecordThatIsNotOursIsPassedOver(String json, String reason) {
        assertThat(LedgerEntry.fromJson(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .as(reason)
                .isEqualTo(Optional.empty());
    }

    @Test
    void aLedgerWithoutRoomIsRefused() {
        assertThatThrownBy(() -> ledger(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Ledger ledger(int entries) {
        return new Ledger(Duration.ofHours(24), entries, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static LedgerEntry entry(
            State state, int attempt, Instant at, @Nullable String subject, @Nullable Instant eventTime) {
        return new LedgerEntry(state, attempt, at, subject, eventTime, "u-1", "dS0x", null, null, null);
    }
}
