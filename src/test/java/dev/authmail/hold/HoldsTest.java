package dev.authmail.hold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are minutes; it is minute 100. The hops are {@code relay}, {@code backup} and {@code direct}. */
class HoldsTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final Domain GOOD = new Domain("good.test");

    private final Holds holds =
            new Holds(Set.of("relay", "backup", "direct"), Clock.fixed(minute(100), ZoneOffset.UTC));

    /** A mail to {@code good.test} of the purpose {@code verify-email}. */
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(nullValues = "-", textBlock = """
            -,                                        -,                    nothing is held
            everything 10-,                           everything,           whatever the mail is
            everything 10-20,                         -,                    it ended
            domain good.test 10-,                     domain good.test,     its domain
            domain other.test 10-,                    -,                    another domain
            domain test 10-,                          -,                    a domain is not those below it
            purpose verify-email 10-,                 purpose verify-email, its purpose
            purpose reset 10-,                        -,                    another purpose
            route relay 10-,                          -,                    other hops are left
            route relays 10-,                         -,                    the MX hosts are left
            route relays 10-; route direct 20-,       route direct,         no hop is left
            route relay 10-; route backup 9-; route direct 8-, route relay, no hop is left
            route relay 10-; route direct 8-,         -,                    one relay is left
            domain good.test 10-20; domain good.test 30-, domain good.test, held anew
            domain good.test 10-; domain good.test 30-40, domain good.test, of two holds one is left
            """)
    void aMailIsHeldBy(@Nullable String given, @Nullable String by, String reason) {
        learn(given);

        assertThat(holds.holding(GOOD, "verify-email")
                        .map(h -> h.scope().toString())
                        .orElse(null))
                .as(reason)
                .isEqualTo(by);
    }

    @ParameterizedTest(name = "{0}: {1} is held: {2}")
    @CsvSource(textBlock = """
            route relay 10-,   relay,  true
            route relay 10-,   backup, false
            route relay 10-,   direct, false
            route relay 10-20, relay,  false
            route relays 10-,  relay,  true
            route relays 10-,  backup, true
            route relays 10-,  direct, false
            route direct 10-,  direct, true
            everything 10-,    relay,  false
            """)
    void aHopIsHeld(String given, String hop, boolean held) {
        learn(given);

        assertThat(holds.holdingHop(hop).isPresent()).isEqualTo(held);
    }

    /** How many minutes later the deadline is, for a mail to {@code good.test} of {@code verify-email}. */
    @ParameterizedTest(name = "{0}, event at {1}, waits {2}: {3}, {4}")
    @CsvSource(nullValues = "-", textBlock = """
            -,                                                  0,  false, 0,  nothing was held
            everything 10-30,                                   0,  false, 20, it was held all the time
            everything 10-30,                                   20, false, 10, it came about half-way
            everything 10-30,                                   40, false, 0,  it came about later
            everything 10-,                                     0,  false, 90, it is held still
            domain good.test 10-30,                             0,  false, 20, its domain
            domain other.test 10-30,                            0,  false, 0,  another domain
            purpose verify-email 10-30,                         0,  false, 20, its purpose
            purpose reset 10-30,                                0,  false, 0,  another purpose
            domain good.test 10-30; everything 20-40,           0,  false, 30, what overlaps counts once
            domain good.test 10-20; domain good.test 30-40,     0,  false, 20, each time that it was held
            everything 10-20; everything 20-30,                 0,  false, 20, one after the other
            everything 90-120,                                  0,  false, 10, the operator's clock is ahead
            everything 30-10,                                   0,  false, 0,  an end before the beginning
            route relay 10-30,                                  0,  false, 0,  other hops were open
            route relay 10-30,                                  0,  true,  20, it waited for that hop
            route relays 10-30; route direct 20-50,             0,  false, 10, no hop was open for a while
            route relay 10-30; route backup 15-25; route direct 0-22, 0, false, 7, each of three hops
            domain good.test 0-12; route relays 10-30; route direct 20-50, 0, false, 22, both
            """)
    void aDeadlineIsLaterBy(@Nullable String given, int event, boolean waits, int minutes, String reason) {
        learn(given);

        assertThat(holds.heldSince(minute(event), GOOD, "verify-email", waits))
                .as(reason)
                .isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void aChangeIsToldOnce() {
        Hold hold = hold("domain good.test 10-");
        Hold ended = hold.endedAt(minute(20));

        assertThat(holds.learn(hold.key(), hold.toJson())).contains(hold);
        assertThat(holds.learn(hold.key(), hold.toJson())).isEmpty();
        assertThat(holds.learn(hold.key(), ended.toJson())).contains(ended);
        assertThat(holds.learn(hold.key(), ended.toJson())).isEmpty();
        assertThat(holds.learn(hold.key(), null)).isEmpty();
        assertThat(holds.heldSince(minute(0), GOOD, "verify-email", false)).isZero();
    }

    @Test
    void aTombstoneEndsWhatIsHeld() {
        Hold hold = hold("everything 10-");
        holds.learn(hold.key(), hold.toJson());

        assertThat(holds.learn(hold.key(), null)).contains(hold.endedAt(minute(100)));
        assertThat(holds.holdEverything()).isFalse();
    }

    @Test
    void aHoldThatEndedLongAgoIsForgotten() {
        Hold old = new Hold(
                HoldScope.EVERYTHING, START.minus(Duration.ofDays(30)), START.minus(Duration.ofDays(15)), null);
        holds.learn(old.key(), old.toJson());

        assertThat(holds.heldSince(START.minus(Duration.ofDays(20)), GOOD, "verify-email", false))
                .isZero();
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(textBlock = """
            closed/direct/google,               '{"since": "2026-11-24T06:00:00Z"}', another kind of state
            hold/everything/2026-11-24T06:00:00Z, 'x',                              no JSON
            hold/everything/2026-11-24T06:00:00Z, '[]',                             no object
            hold/everything/2026-11-24T06:00:00Z, '{"scope": "everything"}',        no beginning
            hold/everything/2026-11-24T06:00:00Z, '{"scope": "all", "since": "2026-11-24T06:00:00Z"}', no scope
            hold/everything/2026-11-24T07:00:00Z, '{"scope": "everything", "since": "2026-11-24T06:00:00Z"}', another key
            hold/domain/A B/2026-11-24T06:00:00Z, '{"scope": "domain", "name": "A B", "since": "2026-11-24T06:00:00Z"}', no domain
            """)
    void whatIsNoHoldHoldsNothing(String key, String value, String reason) {
        assertThat(holds.learn(key, value.getBytes(UTF_8))).as(reason).isEmpty();
        assertThat(holds.inForce()).isEmpty();
    }

    private void learn(@Nullable String given) {
        if (given != null) {
            Arrays.stream(given.split(";")).map(HoldsTest::hold).forEach(h -> holds.learn(h.key(), h.toJson()));
        }
    }

    /** {@code domain good.test 10-20}: from minute 10 to 20; without the end it is in force. */
    private static Hold hold(String text) {
        String[] words = text.strip().split(" ");
        String[] minutes = words[words.length - 1].split("-");
        String name = words.length == 3 ? words[1] : "";
        Instant until = minutes.length == 2 ? minute(Integer.parseInt(minutes[1])) : null;
        HoldScope scope = new HoldScope(HoldScope.Kind.fromCode(words[0]).orElseThrow(), name);
        return new Hold(scope, minute(Integer.parseInt(minutes[0])), until, null);
    }

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
