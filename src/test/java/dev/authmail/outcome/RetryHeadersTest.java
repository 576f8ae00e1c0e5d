package dev.authmail.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.EventId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    @Test
    void whatAuthmailWroteIsRead() {
        RetryHeaders read = RetryHeaders.read(
                Map.of(
                        "authmail-event-id", "/app|e1",
                        "authmail-source", "registrations-3@17",
                        "authmail-received", "2026-11-24T05:57:00Z",
                        "authmail-attempts", "2",
                        "authmail-first-attempt", "2026-11-24T05:58:00.123Z",
                        "authmail-last-attempt", "2026-11-24T05:59:00Z",
                        "authmail-pinned-hop", "relay-2")::get,
                NOW);

        assertThat(read)
                .isEqualTo(new RetryHeaders(
                        new EventId("/app|e1"),
                        "registrations-3@17",
                        Instant.parse("2026-11-24T05:57:00Z"),
                        2,
                        Instant.parse("2026-11-24T05:58:00.123Z"),
                        Instant.parse("2026-11-24T05:59:00Z"),
                        "relay-2",
                        0,
                        null));
    }

    @Test
    void aReplayMayHaveNoAttemptBeforeItAndHasItsOwnTime() {
        RetryHeaders read = RetryHeaders.read(
                Map.of(
                        "authmail-replay", "authmail.dead-letter-3@17",
                        "authmail-replayed", "2026-11-24T05:57:00Z",
                        "authmail-attempts", "0")::get,
                NOW);

        assertThat(read.attempts()).isZero();
        assertThat(read.replay())
                .isEqualTo(new Replay("authmail.dead-letter-3@17", Instant.parse("2026-11-24T05:57:00Z")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(textBlock = """
            'a b',        a space
            '',           nothing
            '<script>',   what no command of ours writes
            """)
    void aReplayIdThatIsNoneIsNoReplay(String id, String reason) {
        assertThat(read("authmail-replay", id).replay()).as(reason).isNull();
    }

    @Test
    void withoutHeadersItWasOneAttempt() {
        assertThat(RetryHeaders.read(name -> null, NOW))
                .isEqualTo(new RetryHeaders(null, null, null, 1, null, null, null, 0, null));
    }

    @ParameterizedTest(name = "\"{0}\" is {1}: {2}")
    @CsvSource(textBlock = """
            1,                    1,     the least
            7,                    7,     in range
            007,                  7,     zeros in front
            99999,                10000, more than there can have been
            0,                    1,     a retry had an attempt before it
            -3,                   1,     negative
            +3,                   1,     signed
            100000,               1,     too long
            99999999999999999999, 1,     no number of any type
            1e3,                  1,     a float
            ' 3',                 1,     with a space
            three,                1,     a word
            '',                   1,     nothing
            ٣,                    1,     a digit of another script
            """)
    void attemptsOutOfRangeCostNoMail(String value, int attempts, String reason) {
        assertThat(read("authmail-attempts", value).attempts()).as(reason).isEqualTo(attempts);
    }

    @ParameterizedTest(name = "held {0} after {1} attempts: {2}, {3}")
    @CsvSource(nullValues = "-", textBlock = """
            1,      -,  1,     0, held before its first attempt
            3,      2,  3,     2, held after two attempts
            0,      -,  0,     1, not held
            -,      0,  0,     1, not held
            -2,     -,  0,     1, no number
            100000, -,  0,     1, too long
            """)
    void onlyAHeldEventCanHaveHadNoAttempt(
            @Nullable String held, @Nullable String attempts, int heldRead, int attemptsRead, String reason) {
        Map<String, String> headers = new HashMap<>();
        headers.put("authmail-held", held);
        headers.put("authmail-attempts", attempts);

        RetryHeaders read = RetryHeaders.read(headers::get, NOW);

        assertThat(read.held()).as(reason).isEqualTo(heldRead);
        assertThat(read.attempts()).as(reason).isEqualTo(attemptsRead);
    }

    @ParameterizedTest(name = "\"{0}\": {2}")
    @CsvSource(textBlock = """
            2026-11-24T06:00:00Z,           true,  now
            2026-11-24T14:59:00+09:00,      true,  with an offset
            2026-11-24T06:00:00.001Z,       false, in the future
            +1000000000-12-31T23:59:59Z,    false, the end of all time
            -1000000-01-01T00:00:00Z,       false, before all mail
            1970-01-01T00:00:00Z,           false, a zero that somebody wrote
            2026-11-24,                     false, a date
            1764000000,                     false, Unix seconds
            2026-11-24T05:00:00.000000000000000000000000Z, false, too long
            '',                             false, nothing
            """)
    void aTimeThatCannotBeIsNotTaken(String value, boolean taken, String reason) {
        assertThat(read("authmail-first-attempt", value).firstAttempt() != null)
                .as(reason)
                .isEqualTo(taken);
        assertThat(read("authmail-received", value).received() != null)
                .as(reason)
                .isEqualTo(taken);
    }

    @ParameterizedTest(name = "\"{0}\": {2}")
    @CsvSource(textBlock = """
            registrations-0@0,           true,  the first record of all
            a.b_c-d-11@9223372036854775807, true, all that topic names may have
            registrations,               false, a topic alone
            registrations-0,             false, no offset
            registrations-0@-1,          false, a negative offset
            registrations-0@1 x,         false, something behind it
            'a/b-0@1',                   false, no topic name
            '',                          false, nothing
            """)
    void aSourceThatIsNoPositionIsNotTaken(String value, boolean taken, String reason) {
        assertThat(read("authmail-source", value).source()).as(reason).isEqualTo(taken ? value : null);
    }

    @ParameterizedTest(name = "\"{0}\": {2}")
    @CsvSource(textBlock = """
            relay,     true,  as in the settings
            relay-2.b_C, true, all that a name may have
            re lay,    false, a space
            '#relay',  false, a reference
            relay/x,   false, a path
            '',        false, nothing
            """)
    void aHopThatIsNoNameIsNotTaken(String value, boolean taken, String reason) {
        assertThat(read("authmail-pinned-hop", value).pinnedHop()).as(reason).isEqualTo(taken ? value : null);
    }

    @Test
    void aHopNameIsNotEndless() {
        assertThat(read("authmail-pinned-hop", "h".repeat(64)).pinnedHop()).isNotNull();
        assertThat(read("authmail-pinned-hop", "h".repeat(65)).pinnedHop()).isNull();
    }

    /** Otherwise the event would be another one at its second attempt, with another Message-ID. */
    @Test
    void theLongestIdThatAnEventCanHaveComesBack() {
        EventId longest = EventId.cloudEvent("|".repeat(256), "e".repeat(256));

        assertThat(read("authmail-event-id", longest.value()).event()).isEqualTo(longest);
        assertThat(read("authmail-event-id", "x".repeat(5000)).event()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000b", "a\u2028b"})
    void anEventIdThatWouldBreakALineIsNotTaken(String value) {
        assertThat(read("authmail-event-id", value).event()).isNull();
    }

    private static RetryHeaders read(String name, String value) {
        Map<String, String> headers = new HashMap<>();
        headers.put(name, value);
        return RetryHeaders.read(headers::get, NOW);
    }
}
