package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightTest {
    private static final Instant EARLY = Instant.parse("2026-11-24T06:00:00Z");

    @ParameterizedTest(name = "{5}")
    @CsvSource(textBlock = """
            10, 100,  9,  9, false, below both limits,                      false
            10, 100, 10, 10, false, at the limit of the partition,          true
            10, 100,  6,  6, true,  above half of the partition's limit,    true
            10, 100,  5,  5, true,  at half of the partition's limit,       false
            1,  1,    1,  1, false, one at a time,                          true
            1,  1,    1,  1, true,  one at a time and it is still there,    true
            1,  1,    0,  0, true,  one at a time and it is done,           false
            """)
    void aPartitionIsFullAtALimitAndUntilHalfOfIt(
            int perPartition, int inAll, int open, int total, boolean wasFull, String reason, boolean full) {
        var inFlight = new InFlight(perPartition, inAll);
        begin(inFlight.assigned(), open);
        begin(inFlight.assigned(), total - open);

        assertThat(inFlight.isFull(open, wasFull)).as(reason).isEqualTo(full);
    }

    /** Another partition has a backlog, and two more have a few. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(textBlock = """
            0,  100, false, nothing here: it has its share whoever has the rest,      false
            24, 100, false, all is full and this one has less than a quarter,         false
            25, 100, false, it has its quarter,                                       true
            40, 99,  false, more than its quarter while there is room,                false
            13, 60,  true,  it waited and has more than half of its quarter,          true
            12, 60,  true,  it waited and has half of its quarter,                    false
            40, 50,  true,  it has more than its quarter and half of all is free,     false
            0,  200, false, twice as many as there should be,                         true
            """)
    void aPartitionHasItsShareWhenOthersHaveABacklog(
            int open, int total, boolean wasFull, String reason, boolean full) {
        var inFlight = new InFlight(100, 100);
        begin(inFlight.assigned(), open);
        begin(inFlight.assigned(), 1);
        begin(inFlight.assigned(), 1);
        begin(inFlight.assigned(), total - open - 2);

        assertThat(inFlight.isFull(open, wasFull)).as(reason).isEqualTo(full);
    }

    private static void begin(PartitionProgress progress, int records) {
        IntStream.range(0, records).forEach(offset -> progress.begin(offset, EARLY));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(textBlock = """
            0, 10, none a partition
            5, 4,  fewer in all than on one partition
            """)
    void limitsThatLetNothingThroughAreRefused(int perPartition, int inAll, String reason) {
        assertThatThrownBy(() -> new InFlight(perPartition, inAll))
                .as(reason)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(perPartition + " and " + inAll);
    }

    @Test
    void theOldestOfAllPartitionsIsTold() {
        var inFlight = new InFlight(10, 10);
        PartitionProgress one = inFlight.assigned();
        PartitionProgress other = inFlight.assigned();
        assertThat(inFlight.oldest()).isEmpty();

        one.begin(1, EARLY.plusSeconds(1));
        other.begin(1, EARLY);
        assertThat(inFlight.oldest()).contains(EARLY);

        inFlight.released(other);
        assertThat(inFlight.oldest()).contains(EARLY.plusSeconds(1));
        assertThat(inFlight.total()).isEqualTo(1);
    }
}
