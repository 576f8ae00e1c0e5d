package dev.authmail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.EventId;
import dev.authmail.ledger.LedgerEntry.State;
import dev.authmail.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random lives of a ledger, each step beside {@link PlainLedger}. */
class LedgerModelTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T06:00:00.123456789Z");
    private static final Duration WINDOW = Duration.ofHours(1);

    private final MovableClock clock = new MovableClock(BEGIN);

    @ParameterizedTest(name = "{4}")
    @CsvSource(textBlock = """
            1, 20,    50,   20000, few events: each is learned again and again
            2, 3000,  1000, 20000, more than the limit: the oldest are forgotten early
            3, 5000,  9000, 20000, fewer than the limit: only time forgets
            4, 20,    1,    5000,  one entry at a time
            """)
    void aLedgerIsAsGoodAsMaps(long seed, int events, int maxEntries, int steps, String reason) {
        Random random = new Random(seed);
        Ledger ledger = new Ledger(WINDOW, maxEntries, clock);
        PlainLedger plain = new PlainLedger(WINDOW, maxEntries);
        for (int step = 0; step < steps; step++) {
            String where = reason + ", step " + step;
            play(random, events, ledger, plain);
            compare(random, events, ledger, plain, where);
        }
        for (int event = 0; event < events; event++) {
            assertThat(ledger.standing(id(event))).as("event %d", event).isEqualTo(plain.standing(id(event)));
        }
    }

    private void play(Random random, int events, Ledger ledger, PlainLedger plain) {
        EventId event = id(random.nextInt(events));
        int choice = random.nextInt(2000);
        if (choice == 0) {
            clock.move(WINDOW.multipliedBy(2)); // the next entry forgets all others
        } else if (choice < 100) {
            ledger.forget(event);
            plain.forget(event);
        } else {
            clock.move(Duration.ofMillis(random.nextInt(3) * 1000)); // often not at all
            LedgerEntry entry = entry(random, events);
            ledger.learn(event, entry);
            plain.learn(event, entry, clock.instant());
        }
    }

    private static void compare(Random random, int events, Ledger ledger, PlainLedger plain, String where) {
        EventId event = id(random.nextInt(events));
        String subject = subject(random, events);
        Instant time = time(random);
        assertThat(ledger.size()).as(where).isEqualTo(plain.size());
        assertThat(ledger.forgottenEarly()).as(where).isEqualTo(plain.forgottenEarly());
        assertThat(ledger.standing(event)).as(where).isEqualTo(plain.standing(event));
        assertThat(ledger.isSuperseded(subject, event, time))
                .as(where)
                .isEqualTo(plain.isSuperseded(subject, event, time));
    }

    private LedgerEntry entry(Random random, int events) {
        boolean isRead = random.nextInt(10) > 0;
        return new LedgerEntry(
                State.values()[random.nextInt(3)],
                random.nextInt(3),
                clock.instant().minusMillis(random.nextInt(10) == 0 ? random.nextInt(7_200_000) : random.nextInt(3)),
                isRead ? subject(random, events) : null,
                isRead ? time(random) : null,
                "u-1",
                null,
                random.nextInt(5) == 0 ? "replay-" + random.nextInt(3) : null,
                null,
                null);
    }

    /** Some events share one. */
    private static String subject(Random random, int events) {
        return "subject " + random.nextInt(1 + events / 4);
    }

    /** Often the same; otherwise by a nanosecond, or by years, another. */
    private static Instant time(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> BEGIN.plusNanos(1);
            case 1 -> BEGIN.plusSeconds(1);
            case 2 -> Instant.parse("1969-07-20T20:17:40.000000001Z");
            default -> BEGIN;
        };
    }

    /** Of every form, from more sources than are remembered. */
    private static EventId id(int event) {
        UUID uuid = new UUID(event * 0x9E3779B97F4A7C15L, event * 0xC2B2AE3D27D4EB4FL);
        return switch (event % 6) {
            case 0 -> new EventId("/app|" + uuid);
            case 1 -> new EventId("/app|" + uuid.toString().toUpperCase(Locale.ROOT));
            case 2 -> new EventId("registrations-" + event % 7 + "@" + event);
            case 3 -> EventId.cloudEvent("/app/" + event, "ev|" + event + "@x");
            case 4 -> new EventId(uuid.toString());
            default -> new EventId("登録" + event);
        };
    }
}
