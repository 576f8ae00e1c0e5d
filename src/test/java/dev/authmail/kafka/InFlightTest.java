package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightTest {
    private static final Instant EARLY = Instant.parse("2026-11-24T06:00:00Z");

    @ParameterizedTest(name = "{5}")
    @CsvSource(textBlock = """
            10, 100,  9,  9, false, below both limits,                      false
            10, 100, 10, 10, false, at the limit of the partition,          true
            10, 100,  1, 100, false, at the limit of all,                   true
            10, 100,  0, 100, false, nothing open here but all is full,     true
            10, 100,  6,  6, true,  above half of the partition's limit,    true
            10, 100,  5,  5, true,  at half of the partition's limit,       false
            10, 100,  1, 51, true,  above half of the limit of all,         true
            10, 100,  1, 50, true,  at half of the limit of all,            false
            1,  1,    1,  1, false, one at a time,                          true
            1,  1,    1,  1, true,  one at a time and it is still there,    true
            1,  1,    0,  0, true,  one at a time and it is done,           false
            """)
    void aPartitionIsFullAtALimitAndUntilHalfOfIt(
            int perPartition, int inAll, int open, int total, boolean wasFull, String reason, boolean full) {
        var inFlight = new InFlight(perPartition, inAll);
        inFlight.add(total);

        assertThat(inFlight.isFull(open, wasFull)).as(reason).isEqualTo(full);
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
