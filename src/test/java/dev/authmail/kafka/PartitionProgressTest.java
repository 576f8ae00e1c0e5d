package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final InFlight inFlight = new InFlight(1000, 1000);
    private final PartitionProgress progress = inFlight.assigned();

    /** b4 hands out offset 4, f4 finishes it, c4 tells that 4 is committed, d drops the partition. */
    @ParameterizedTest(name = "{0} → {1} ({3})")
    @CsvSource(textBlock = """
            '',                         -,   0, nothing was handed out
            b7,                         7,   1, the position is where the first open one is
            b7 f7,                      8,   0, all done
            b0 b1 b2 f2 f1,             0,   1, the first holds back the others
            b0 b1 b2 f0 f2,             1,   1, up to the lowest that is open
            b0 b1 b2 f2 f0 f1,          3,   0, the last gap closes
            b0 b5 b9 f0,                5,   2, offsets have gaps where a log was compacted
            b0 b5 b9 f0 f5 f9,          10,  0, and after the last comes the next
            b0 b1 f0 c1,                -,   1, that is committed already
            b0 b1 f0 c1 f1,             2,   0, and now there is more
            b0 f0 c1 c0,                -,   0, an older commit that is told late takes nothing back
            b0 f0 f0 f0,                1,   0, done twice is done once
            b0 f9,                      0,   1, one that was never handed out
            b0 b0 f0,                   1,   0, handed out again while open is one in flight
            b0 b1 b2 d,                 0,   0, dropped: in flight elsewhere now
            b0 b1 d f0,                 1,   0, what finishes after that is not counted off again
            b9 f9 c10 b0,               0,   1, the log was made anew and begins below what was committed
            """)
    void theFinishedPrefixCanBeCommitted(String story, String committable, int open, String reason) {
        tell(story);

        OptionalLong expected =
                committable.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(committable));
        assertThat(progress.committable()).as(reason).isEqualTo(expected);
        assertThat(inFlight.total()).as(reason).isEqualTo(open);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(textBlock = """
            '',       0, false, nothing was handed out since the assignment
            b5,       4, true,  before the first: reading it again would repeat 5 too
            b5,       5, true,  it is open
            b5 f5,    5, true,  it is done
            b5 f5,    6, false, the next to come
            """)
    void whatWasHandedOutIsKnown(String story, long offset, boolean handedOut, String reason) {
        tell(story);

        assertThat(progress.handedOut(offset)).as(reason).isEqualTo(handedOut);
    }

    @Test
    void theOldestIsWhatIsOpenLongest() {
        progress.begin(1, NOW);
        progress.begin(2, NOW.plusSeconds(5));
        assertThat(progress.oldest()).contains(NOW);

        progress.finish(1);
        assertThat(progress.oldest()).contains(NOW.plusSeconds(5));

        progress.finish(2);
        assertThat(progress.oldest()).isEqualTo(Optional.empty());
    }

    @Test
    void waitingEndsWithTheLastOpenRecord() throws InterruptedException {
        tell("b0 b1");
        Thread waiting = Thread.ofPlatform().start(this::awaitNothingOpen);
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        progress.finish(1);
        assertThat(waiting.isAlive()).isTrue();
        progress.finish(0);

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    }

    private void awaitNothingOpen() {
        try {
            progress.awaitNothingOpen(LONG);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitingEndsWithTheTime() throws InterruptedException {
        tell("b0");

        progress.awaitNothingOpen(Duration.ofMillis(1).toNanos());

        assertThat(progress.openCount()).isEqualTo(1);
    }

    @Test
    void finishedFromManyThreadsNothingIsLostOrCountedTwice() throws InterruptedException {
        int records = 1000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            progress.begin(i, NOW);
        }
        for (int i = records - 1; i >= 0; i--) {
            var ticket = new Ticket(progress, i);
            threads.add(Thread.ofVirtual().start(ticket::done));
            threads.add(Thread.ofVirtual().start(ticket::done));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(inFlight.total()).isZero();
        assertThat(progress.committable()).hasValue(records);
    }

    private void tell(String story) {
        for (String word : story.isEmpty() ? new String[0] : story.split(" ")) {
            long offset = word.length() == 1 ? 0 : Long.parseLong(word.substring(1));
            switch (word.charAt(0)) {
                case 'b' -> progress.begin(offset, NOW);
                case 'f' -> progress.finish(offset);
                case 'c' -> progress.committed(offset);
                case 'd' -> progress.drop();
                default -> throw new IllegalArgumentException(word);
            }
        }
    }
}
