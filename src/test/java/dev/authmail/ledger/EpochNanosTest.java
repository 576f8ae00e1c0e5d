package dev.authmail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochNanosTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            2026-11-24T06:00:00.123456789Z,  2026-11-24T06:00:00.123456789Z, exact
            1969-07-20T20:17:40.999999999Z,  1969-07-20T20:17:40.999999999Z, before 1970
            1677-09-21T00:12:44Z,            1677-09-21T00:12:44Z,           near the first
            2262-04-11T23:47:16.854775807Z,  2262-04-11T23:47:16.854775807Z, the last
            2262-04-11T23:47:16.854775808Z,  2262-04-11T23:47:16.854775807Z, one later
            +1000000000-12-31T23:59:59Z,     2262-04-11T23:47:16.854775807Z, the end of time
            -1000000000-01-01T00:00:00Z,     1677-09-21T00:12:43.145224192Z, its beginning
            """)
    void aMomentIsTheSameAgainOrTheNearest(Instant moment, Instant again, String reason) {
        assertThat(EpochNanos.toInstant(EpochNanos.of(moment))).as(reason).isEqualTo(again);
    }
}
